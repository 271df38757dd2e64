using Raven.Client.Documents.Indexes;
using Raven.Client.Documents.Operations;
using Raven.Client.Documents.Operations.CompareExchange;
using Raven.Client.Documents.Operations.Counters;
using Raven.Client.Documents.Operations.Indexes;
using Raven.Client.Documents.Session;
using Raven.Client.Documents.Subscriptions;
using Raven.Client.ServerWide.Operations;

namespace Checks;

/// <summary>What RavenDB does, and what a server that keeps documents only says to it: a sentence, by RavenDB's exception.</summary>
static class NotHere
{
    public static void Add(Suite suite)
    {
        void Try(string name, Action body) => suite.Check(name, () => Expect.DoneOrSaid(body));
        void Session(string name, Action<IDocumentSession> body) => Try(name, () =>
        {
            using var session = suite.Store.OpenSession();
            body(session);
        });

        Session("query", session => session.Query<User>().Where(user => user.Name == "x").ToList());
        Session("raw query", session => session.Advanced.RawQuery<User>("from Users where Name = 'x'").ToList());
        Session("streamed query", session =>
        {
            using var stream = session.Advanced.Stream(session.Query<User>());
            while (stream.MoveNext()) { }
        });
        Session("lazy load", session => _ = session.Advanced.Lazily.Load<User>("users/1").Value);
        Session("patch in a session", session =>
        {
            session.Advanced.Increment<User, int>(suite.Put("nothere/1"), user => user.Count, 1);
            session.SaveChanges();
        });
        Try("patch", () => suite.Store.Operations.Send(new PatchOperation(suite.Put("nothere/2"), null, new PatchRequest { Script = "this.Count++" })));
        Try("patch by query", () => suite.Store.Operations.Send(new PatchByQueryOperation("from Users update { this.Count++ }")).WaitForCompletion(TimeSpan.FromSeconds(30)));
        Session("attachment", session =>
        {
            session.Advanced.Attachments.Store(suite.Put("nothere/3"), "file.txt", new MemoryStream("--text"u8.ToArray()), "text/plain");
            session.SaveChanges();
        });
        Session("attachments read", session => session.Advanced.Attachments.Get("nothere/3", "file.txt")?.Dispose());
        Try("bulk insert", () =>
        {
            using var insert = suite.Store.BulkInsert();
            insert.Store(new User { Name = "x" }, "nothere/4");
        });
        Session("counter", session =>
        {
            session.CountersFor(suite.Put("nothere/5")).Increment("likes");
            session.SaveChanges();
        });
        Try("counters read", () => suite.Store.Operations.Send(new GetCountersOperation("nothere/5", "likes")));
        Session("time series", session =>
        {
            session.TimeSeriesFor(suite.Put("nothere/6"), "heart").Append(DateTime.UtcNow, 1);
            session.SaveChanges();
        });
        Session("revisions", session => session.Advanced.Revisions.GetFor<User>("nothere/6"));
        Try("subscription", () => suite.Store.Subscriptions.Create(new SubscriptionCreationOptions { Query = "from Users" }));
        Try("compare-exchange", () => suite.Store.Operations.Send(new PutCompareExchangeValueOperation<string>("key", "x", 0)));
        Try("index", () => suite.Store.Maintenance.Send(new PutIndexesOperation(new IndexDefinition { Name = "ByName", Maps = { "from u in docs.Users select new { u.Name }" } })));
        Try("indexes listed", () => suite.Store.Maintenance.Send(new GetIndexNamesOperation(0, 10)));
        Try("collections", () => suite.Store.Maintenance.Send(new GetCollectionStatisticsOperation()));
        Try("delete by a prefix", () =>
        {
            using var session = suite.Store.OpenSession();
            session.Advanced.Defer(new Raven.Client.Documents.Commands.Batches.DeletePrefixedCommandData("nothere/none/"));
            session.SaveChanges();
        });
        Try("cluster-wide transaction", () =>
        {
            using var session = suite.Store.OpenSession(new SessionOptions { TransactionMode = TransactionMode.ClusterWide, DisableAtomicDocumentWritesInClusterWideTransaction = true });
            session.Store(new User(), "nothere/7");
            session.SaveChanges();
        });
        Try("changed settings of a database", () =>
        {
            var record = suite.Store.Maintenance.Server.Send(new GetDatabaseRecordOperation(suite.Database));
            suite.Store.Maintenance.Server.Send(new UpdateDatabaseOperation(record, record.Etag));
        });
    }
}
