using Raven.Client.Documents.Session;
using Raven.Client.Exceptions;

namespace Checks;

/// <summary>Nobody's change is overwritten by one who hasn't seen it.</summary>
static class Concurrency
{
    public static void Add(Suite suite)
    {
        void Session(string name, Action<IDocumentSession> body) => suite.Check(name, () =>
        {
            using var session = suite.Store.OpenSession();
            body(session);
        });

        Session("an optimistic change over another's", session =>
        {
            session.Advanced.UseOptimisticConcurrency = true;
            var user = session.Load<User>(suite.Put("optimistic/1"));
            suite.Put("optimistic/1", "another");
            user.Name = "mine";
            var error = Expect.Throws<ConcurrencyException>(session.SaveChanges);
            Expect.Equal("optimistic/1", error.Id);
            Expect.True(error.ActualChangeVector != error.ExpectedChangeVector && error.ActualChangeVector != null, "both change vectors");
            Expect.Equal("another", suite.Load("optimistic/1").Name);
        });
        Session("without it the last one wins", session =>
        {
            var user = session.Load<User>(suite.Put("optimistic/2"));
            suite.Put("optimistic/2", "another");
            user.Name = "mine";
            session.SaveChanges();
            Expect.Equal("mine", suite.Load("optimistic/2").Name);
        });
        Session("refreshed, the change is taken", session =>
        {
            session.Advanced.UseOptimisticConcurrency = true;
            var user = session.Load<User>(suite.Put("optimistic/3"));
            suite.Put("optimistic/3", "another");
            session.Advanced.Refresh(user);
            user.Name = "mine";
            session.SaveChanges();
            user.Name = "mine again";
            session.SaveChanges();
            Expect.Equal("mine again", suite.Load("optimistic/3").Name);
        });
        Session("a new one where one is", session =>
        {
            session.Store(new User { Name = "mine" }, "", suite.Put("optimistic/4"));
            Expect.Throws<ConcurrencyException>(session.SaveChanges);
            Expect.Equal("first", suite.Load("optimistic/4").Name);
        });
        Session("a new one where none is", session =>
        {
            session.Store(new User { Name = "mine" }, "", "optimistic/5");
            session.SaveChanges();
            Expect.Equal("mine", suite.Load("optimistic/5").Name);
        });
        Session("an optimistic new one where one is", session =>
        {
            session.Advanced.UseOptimisticConcurrency = true;
            session.Store(new User { Name = "mine" }, suite.Put("optimistic/6"));
            Expect.Throws<ConcurrencyException>(session.SaveChanges);
        });
        Session("a store with an old change vector", session =>
        {
            string vector;
            suite.Put("optimistic/7");
            using (var other = suite.Store.OpenSession()) vector = other.Advanced.GetChangeVectorFor(other.Load<User>("optimistic/7"));
            suite.Put("optimistic/7", "another");
            session.Store(new User { Name = "mine" }, vector, "optimistic/7");
            Expect.Throws<ConcurrencyException>(session.SaveChanges);
        });
        Session("a store with the change vector that it has", session =>
        {
            var user = session.Load<User>(suite.Put("optimistic/8"));
            var vector = session.Advanced.GetChangeVectorFor(user);
            using var other = suite.Store.OpenSession();
            other.Store(new User { Name = "mine" }, vector, "optimistic/8");
            other.SaveChanges();
            Expect.Equal("mine", suite.Load("optimistic/8").Name);
        });
        Session("a delete with an old change vector", session =>
        {
            var vector = session.Advanced.GetChangeVectorFor(session.Load<User>(suite.Put("optimistic/9")));
            suite.Put("optimistic/9", "another");
            using var other = suite.Store.OpenSession();
            other.Delete("optimistic/9", vector);
            Expect.Throws<ConcurrencyException>(other.SaveChanges);
            Expect.Equal("another", suite.Load("optimistic/9").Name);
        });
        Session("a change of what was deleted", session =>
        {
            session.Advanced.UseOptimisticConcurrency = true;
            var user = session.Load<User>(suite.Put("optimistic/10"));
            using (var other = suite.Store.OpenSession())
            {
                other.Delete("optimistic/10");
                other.SaveChanges();
            }
            user.Name = "mine";
            Expect.Throws<ConcurrencyException>(session.SaveChanges);
            Expect.Equal(null, suite.Load("optimistic/10"));
        });
        Session("of a refused save nothing is done", session =>
        {
            session.Store(new User { Name = "new" }, "optimistic/new");
            session.Store(new User { Name = "mine" }, "", suite.Put("optimistic/11"));
            Expect.Throws<ConcurrencyException>(session.SaveChanges);
            Expect.Equal(null, suite.Load("optimistic/new"));
        });
        suite.Check("many at once lose no change", () =>
        {
            suite.Put("optimistic/counter");
            var work = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            {
                for (var done = 0; done < 5;)
                {
                    using var session = suite.Store.OpenSession();
                    session.Advanced.UseOptimisticConcurrency = true;
                    session.Load<User>("optimistic/counter").Count++;
                    try
                    {
                        session.SaveChanges();
                        done++;
                    }
                    catch (ConcurrencyException)
                    {
                    }
                }
            }));
            Task.WaitAll(work.ToArray());
            Expect.Equal(40, suite.Load("optimistic/counter").Count);
        });
        suite.Check("of many new ones at once one is made", () =>
        {
            var made = 0;
            var work = Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
            {
                using var session = suite.Store.OpenSession();
                session.Store(new User(), "", "optimistic/once");
                try
                {
                    session.SaveChanges();
                    Interlocked.Increment(ref made);
                }
                catch (ConcurrencyException)
                {
                }
            }));
            Task.WaitAll(work.ToArray());
            Expect.Equal(1, made);
        });
    }
}
