using Raven.Client.Documents.Operations.Identities;

namespace Checks;

/// <summary>Ids that end with a bar.</summary>
static class Identities
{
    public static void Add(Suite suite)
    {
        string Stored(string id)
        {
            using var session = suite.Store.OpenSession();
            var user = new User { Name = "numbered" };
            session.Store(user, id);
            session.SaveChanges();
            return user.Id;
        }

        suite.Check("are numbered one by one", () =>
        {
            Expect.Equal("invoices/1", Stored("invoices|"));
            Expect.Equal("invoices/2", Stored("invoices|"));
            Expect.Equal("numbered", suite.Load("invoices/2").Name);
        });
        suite.Check("two in one save", () =>
        {
            using var session = suite.Store.OpenSession();
            var (first, second) = (new User(), new User());
            session.Store(first, "pairs|");
            session.Store(second, "pairs|");
            session.SaveChanges();
            Expect.Same(["pairs/1", "pairs/2"], new[] { first.Id, second.Id });
        });
        suite.Check("the next number", () =>
        {
            Expect.Equal(1L, suite.Store.Maintenance.Send(new NextIdentityForOperation("receipts|")));
            Expect.Equal("receipts/2", Stored("receipts|"));
        });
        suite.Check("from a number on", () =>
        {
            Expect.Equal(100L, suite.Store.Maintenance.Send(new SeedIdentityForOperation("letters|", 100)));
            Expect.Equal(100L, suite.Store.Maintenance.Send(new SeedIdentityForOperation("letters|", 5)));
            Expect.Equal("letters/101", Stored("letters|"));
        });
        suite.Check("are listed", () =>
        {
            Stored("listed|");
            Expect.Equal(1L, suite.Store.Maintenance.Send(new GetIdentitiesOperation())["listed|"]);
        });
    }
}
