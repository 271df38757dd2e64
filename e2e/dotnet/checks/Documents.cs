using Raven.Client;
using Raven.Client.Documents.Commands;
using Raven.Client.Documents.Session;

namespace Checks;

public enum Colour { Red, Green }

public class Everything
{
    public string Text { get; set; }
    public decimal Price { get; set; }
    public double Ratio { get; set; }
    public long Big { get; set; }
    public DateTime At { get; set; }
    public DateTimeOffset From { get; set; }
    public TimeSpan Span { get; set; }
    public Guid Guid { get; set; }
    public Colour Colour { get; set; }
    public int? Nothing { get; set; }
    public Dictionary<string, List<int>> Nested { get; set; }
}

static class Documents
{
    public static void Add(Suite suite)
    {
        void Session(string name, Action<IDocumentSession> body) => suite.Check(name, () =>
        {
            using var session = suite.Store.OpenSession();
            body(session);
        });

        Session("store and load", session =>
        {
            session.Store(new User { Name = "x" }, "documents/1");
            session.SaveChanges();
            Expect.Equal("x", suite.Load("documents/1").Name);
        });
        Session("the id in another case", session =>
        {
            suite.Put("documents/case");
            Expect.Equal("first", session.Load<User>("DOCUMENTS/CASE").Name);
        });
        Session("one that is not there is null", session => Expect.Equal(null, session.Load<User>("documents/none")));
        Session("several at once", session =>
        {
            suite.Put("documents/a");
            suite.Put("documents/b");
            var found = session.Load<User>(["documents/a", "documents/none", "documents/b"]);
            Expect.Equal(3, found.Count);
            Expect.Equal(null, found["documents/none"]);
            Expect.Equal("first", found["documents/b"].Name);
        });
        Session("a hundred at once", session =>
        {
            for (var i = 0; i < 100; i++) session.Store(new User { Count = i }, $"hundred/{i}");
            session.SaveChanges();
            using var other = suite.Store.OpenSession();
            var ids = Enumerable.Range(0, 100).Select(i => $"hundred/{i}").ToArray();
            Expect.Equal(4950, other.Load<User>(ids).Values.Sum(user => user.Count));
        });
        Session("ids too long for an address, at once", session =>
        {
            var ids = Enumerable.Range(0, 30).Select(i => $"long/{new string('x', 100)}/{i}").ToArray();
            foreach (var id in ids) session.Store(new User { Name = id }, id);
            session.SaveChanges();
            using var other = suite.Store.OpenSession();
            Expect.Equal(30, other.Load<User>(ids).Values.Count(user => user != null));
        });
        Session("ids that the client makes", session =>
        {
            var (first, second) = (new User(), new User());
            session.Store(first);
            session.Store(second);
            session.SaveChanges();
            Expect.True(first.Id.StartsWith("users/") && first.Id != second.Id, $"two ids: {first.Id}, {second.Id}");
        });
        Session("an id that the server completes", session =>
        {
            var user = new User { Name = "x" };
            session.Store(user, "completed/");
            session.SaveChanges();
            Expect.True(user.Id.Length > "completed/".Length, user.Id);
            Expect.Equal("x", suite.Load(user.Id).Name);
        });
        Session("what is changed is saved", session =>
        {
            var user = session.Load<User>(suite.Put("documents/changed"));
            user.Name = "second";
            Expect.True(session.Advanced.HasChanges, "changes");
            session.SaveChanges();
            Expect.Equal("second", suite.Load("documents/changed").Name);
        });
        Session("deleted by its id", session =>
        {
            session.Delete(suite.Put("documents/deleted"));
            session.SaveChanges();
            Expect.Equal(null, suite.Load("documents/deleted"));
        });
        Session("deleted by itself", session =>
        {
            session.Delete(session.Load<User>(suite.Put("documents/deleted2")));
            session.SaveChanges();
            Expect.Equal(null, suite.Load("documents/deleted2"));
        });
        Session("deleting what is not there", session =>
        {
            session.Delete("documents/none");
            session.SaveChanges();
        });
        Session("put and delete in one", session =>
        {
            session.Delete(suite.Put("documents/old"));
            session.Store(new User { Name = "new" }, "documents/new");
            session.SaveChanges();
            Expect.Equal(null, suite.Load("documents/old"));
            Expect.Equal("new", suite.Load("documents/new").Name);
        });
        Session("exists", session =>
        {
            suite.Put("documents/there");
            Expect.True(session.Advanced.Exists("documents/there"), "there");
            Expect.Equal(false, session.Advanced.Exists("documents/none"));
        });
        Session("metadata", session =>
        {
            var user = new User();
            session.Store(user, "documents/metadata");
            session.Advanced.GetMetadataFor(user)["Colour"] = "green";
            session.SaveChanges();
            using var other = suite.Store.OpenSession();
            var metadata = other.Advanced.GetMetadataFor(other.Load<User>("documents/metadata"));
            Expect.Equal("green", (string)metadata["Colour"]);
            Expect.Equal("Users", (string)metadata[Constants.Documents.Metadata.Collection]);
        });
        Session("when it was changed", session =>
        {
            var user = session.Load<User>(suite.Put("documents/when"));
            var at = session.Advanced.GetLastModifiedFor(user).Value;
            Expect.True(Math.Abs((DateTime.UtcNow - at).TotalMinutes) < 10, at.ToString("o"));
        });
        Session("refreshed", session =>
        {
            var user = session.Load<User>(suite.Put("documents/refreshed"));
            suite.Put("documents/refreshed", "second");
            session.Advanced.Refresh(user);
            Expect.Equal("second", user.Name);
        });
        Session("evicted and loaded again", session =>
        {
            var user = session.Load<User>(suite.Put("documents/evicted"));
            suite.Put("documents/evicted", "second");
            session.Advanced.Evict(user);
            Expect.Equal("second", session.Load<User>("documents/evicted").Name);
        });
        Session("loaded only when changed", session =>
        {
            var id = suite.Put("documents/conditional");
            string vector;
            using (var other = suite.Store.OpenSession()) vector = other.Advanced.GetChangeVectorFor(other.Load<User>(id));
            Expect.Equal(null, session.Advanced.ConditionalLoad<User>(id, vector).Entity);
            suite.Put(id, "second");
            using var third = suite.Store.OpenSession();
            Expect.Equal("second", third.Advanced.ConditionalLoad<User>(id, vector).Entity.Name);
        });
        Session("included", session =>
        {
            suite.Put("friends/1", "friend");
            suite.Put("friends/2", "other");
            session.Store(new User { Friend = "friends/1", Others = ["friends/2", "friends/none"] }, "friends/of");
            session.SaveChanges();
            using var other = suite.Store.OpenSession();
            var user = other.Include<User>(u => u.Friend).Include(u => u.Others).Load("friends/of");
            Expect.Equal("friend", other.Load<User>(user.Friend).Name);
            Expect.Equal("other", other.Load<User>(user.Others[0]).Name);
            Expect.Equal(1, other.Advanced.NumberOfRequests);
            Expect.Equal(null, other.Load<User>(user.Others[1]));
        });
        Session("every type as it was", session =>
        {
            var all = new Everything
            {
                Text = "Grüße, 日本語 🔑 \" \\ \n", Price = 12.3400m, Ratio = 0.1, Big = long.MaxValue, Guid = Guid.NewGuid(),
                At = new DateTime(2026, 2, 28, 23, 59, 59, DateTimeKind.Utc), Colour = Colour.Green, Span = TimeSpan.FromTicks(1234567),
                From = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-3)), Nested = new() { ["a b"] = [1, 2], [""] = [] },
            };
            session.Store(all, "everything/1");
            session.SaveChanges();
            using var other = suite.Store.OpenSession();
            var got = other.Load<Everything>("everything/1");
            foreach (var property in typeof(Everything).GetProperties())
                if (property.Name != nameof(Everything.Nested)) Expect.Equal(property.GetValue(all), property.GetValue(got));
            Expect.Same(["a b", ""], got.Nested.Keys);
        });
        Session("a megabyte", session =>
        {
            session.Store(new User { Name = string.Concat(Enumerable.Range(0, 200_000).Select(i => (i * 7919).ToString("x"))) }, "documents/big");
            session.SaveChanges();
            Expect.True(suite.Load("documents/big").Name.Length > 800_000, "a long name");
        });
        Session("an id with anything in it", session =>
        {
            var id = "documents/a b+c%20&d=é?#🔑";
            session.Store(new User { Name = "odd" }, id);
            session.SaveChanges();
            Expect.Equal("odd", suite.Load(id).Name);
        });
        suite.Check("by commands: put, get, head, delete", () =>
        {
            var executor = suite.Store.GetRequestExecutor();
            using var _ = executor.ContextPool.AllocateOperationContext(out var context);
            var json = context.ReadObject(new Sparrow.Json.Parsing.DynamicJsonValue { ["Name"] = "x" }, "x");
            var put = new PutDocumentCommand(suite.Store.Conventions, "commands/1", null, json);
            executor.Execute(put, context);
            var get = new GetDocumentsCommand(suite.Store.Conventions, "commands/1", includes: null, metadataOnly: true);
            executor.Execute(get, context);
            Expect.Equal(1, get.Result.Results.Length);
            var head = new HeadDocumentCommand("commands/1", null);
            executor.Execute(head, context);
            Expect.Equal(put.Result.ChangeVector, head.Result);
            executor.Execute(new DeleteDocumentCommand("commands/1", null), context);
            var gone = new HeadDocumentCommand("commands/1", null);
            executor.Execute(gone, context);
            Expect.Equal(null, gone.Result);
        });
        suite.Check("asynchronously", () =>
        {
            async Task<string> Do()
            {
                using var session = suite.Store.OpenAsyncSession();
                await session.StoreAsync(new User { Name = "x" }, "documents/async");
                await session.SaveChangesAsync();
                return (await session.LoadAsync<User>("documents/async")).Name;
            }
            Expect.Equal("x", Do().Result);
        });
    }
}
