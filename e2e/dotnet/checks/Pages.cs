namespace Checks;

/// <summary>Documents by the beginning of their ids.</summary>
static class Pages
{
    public static void Add(Suite suite)
    {
        var ready = new Lazy<bool>(() =>
        {
            foreach (var id in new[] { "p/1", "p/2", "p/10", "p/11/x", "P/12", "q/1" }) suite.Put(id, id);
            return true;
        });
        void Page(string name, string[] wanted, string prefix, string matches = null, int start = 0, int size = 25, string exclude = null, string after = null) =>
            suite.Check(name, () =>
            {
                _ = ready.Value;
                using var session = suite.Store.OpenSession();
                var found = session.Advanced.LoadStartingWith<User>(prefix, matches, start, size, exclude, after);
                Expect.Same(wanted, found.Select(user => user.Name));
            });

        Page("by a prefix", ["p/1", "p/10", "p/11/x", "P/12", "p/2"], "p/");
        Page("in any case", ["q/1"], "Q/");
        Page("none", [], "none/");
        Page("from a place on", ["p/10", "p/11/x"], "p/", start: 1, size: 2);
        Page("behind the last", [], "p/", start: 9);
        Page("that match", ["p/1", "p/10", "p/11/x", "P/12"], "p/", matches: "1*");
        Page("that match one letter", ["p/10", "P/12"], "p/", matches: "1?");
        Page("that match either", ["p/1", "p/2"], "p/", matches: "1|2");
        Page("but for", ["p/2"], "p/", exclude: "1*");
        Page("that match but for", ["p/1", "p/10", "P/12"], "p/", matches: "1*", exclude: "11*");
        Page("after one", ["p/11/x", "P/12", "p/2"], "p/", after: "p/10");
        Page("that match, from a place on", ["p/10"], "p/", matches: "1*", start: 1, size: 1);
    }
}
