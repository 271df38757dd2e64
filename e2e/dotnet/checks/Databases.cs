using Raven.Client.Documents.Operations;
using Raven.Client.Exceptions;
using Raven.Client.Exceptions.Database;
using Raven.Client.ServerWide;
using Raven.Client.ServerWide.Commands;
using Raven.Client.ServerWide.Operations;

namespace Checks;

static class Databases
{
    public static void Add(Suite suite)
    {
        void With(string name, Action<string> body) => suite.Check(name, () =>
        {
            var database = suite.Create("Of-" + Guid.NewGuid().ToString("N")[..8]);
            try { body(database); }
            finally { suite.Drop(database); }
        });
        T Send<T>(IServerOperation<T> operation) => suite.Store.Maintenance.Server.Send(operation);
        User LoadFrom(string database)
        {
            using var session = suite.Store.OpenSession(database);
            return session.Load<User>("users/1");
        }
        void SaveTo(string database)
        {
            using var session = suite.Store.OpenSession(database);
            session.Store(new User { Name = "x" }, "users/1");
            session.SaveChanges();
        }

        With("a new one takes documents", database =>
        {
            SaveTo(database);
            Expect.Equal("x", LoadFrom(database).Name);
        });
        With("the same again is refused", database => Expect.Throws<ConcurrencyException>(() => suite.Create(database)));
        suite.Check("creating answers index and topology", () =>
        {
            var name = "Of-" + Guid.NewGuid().ToString("N")[..8];
            var result = Send(new CreateDatabaseOperation(new DatabaseRecord(name)));
            suite.Drop(name);
            Expect.Equal(name, result.Name);
            Expect.True(result.RaftCommandIndex > 0, "an index");
            Expect.Equal(1, result.Topology.Members.Count);
        });
        With("its name is listed", database =>
            Expect.True(Send(new GetDatabaseNamesOperation(0, 1000)).Contains(database), "listed"));
        With("its record has an etag", database =>
        {
            var record = Send(new GetDatabaseRecordOperation(database));
            Expect.Equal(database, record.DatabaseName);
            Expect.True(record.Etag > 0, "an etag");
            Expect.Equal(false, record.Disabled);
            Expect.Equal(1, record.Topology.Members.Count);
        });
        With("its etag grows with a change", database =>
        {
            var before = Send(new GetDatabaseRecordOperation(database)).Etag;
            Send(new ToggleDatabasesStateOperation(database, disable: true));
            var after = Send(new GetDatabaseRecordOperation(database));
            Expect.True(after.Etag > before, "a higher etag");
            Expect.True(after.Disabled, "disabled");
        });
        suite.Check("the record of a missing one is none", () =>
            Expect.Equal(null, Send(new GetDatabaseRecordOperation("Missing"))));
        With("its topology names this node", database =>
        {
            SaveTo(database);
            var nodes = suite.Store.GetRequestExecutor(database).Topology.Nodes;
            Expect.Equal(1, nodes.Count);
            Expect.Equal(database, nodes[0].Database);
        });
        With("statistics count its documents", database =>
        {
            SaveTo(database);
            var statistics = suite.Store.Maintenance.ForDatabase(database).Send(new GetStatisticsOperation());
            Expect.Equal(1L, statistics.CountOfDocuments);
            Expect.True(statistics.DatabaseChangeVector.StartsWith("A:"), "a change vector");
        });
        suite.Check("deleted, it is gone", () =>
        {
            var database = suite.Create("Of-" + Guid.NewGuid().ToString("N")[..8]);
            SaveTo(database);
            var result = Send(new DeleteDatabasesOperation(database, hardDelete: true));
            Expect.True(result.RaftCommandIndex > 0, "an index");
            Expect.Equal(false, Send(new GetDatabaseNamesOperation(0, 1000)).Contains(database));
        });
        suite.Check("created again after that, it is empty", () =>
        {
            var database = suite.Create("Of-" + Guid.NewGuid().ToString("N")[..8]);
            SaveTo(database);
            suite.Drop(database);
            suite.Create(database);
            try { Expect.Equal(null, LoadFrom(database)); }
            finally { suite.Drop(database); }
        });
        suite.Check("a missing one: load", () => Expect.Throws<DatabaseDoesNotExistException>(() => LoadFrom("Missing")));
        suite.Check("a missing one: save", () => Expect.Throws<DatabaseDoesNotExistException>(() => SaveTo("Missing")));
        suite.Check("a missing one: exists", () => Expect.Throws<DatabaseDoesNotExistException>(() =>
        {
            using var session = suite.Store.OpenSession("Missing");
            session.Advanced.Exists("users/1");
        }));
        suite.Check("a missing one: statistics", () => Expect.Throws<DatabaseDoesNotExistException>(() =>
            suite.Store.Maintenance.ForDatabase("Missing").Send(new GetStatisticsOperation())));
        With("disabling says what became of each", database =>
        {
            var result = Send(new ToggleDatabasesStateOperation(database, disable: true));
            Expect.True(result.Success, "success");
            Expect.True(result.Disabled, "disabled");
        });
        With("disabled, it refuses to load", database =>
        {
            Send(new ToggleDatabasesStateOperation(database, disable: true));
            Expect.Throws<DatabaseDisabledException>(() => LoadFrom(database));
        });
        With("disabled, it refuses to save", database =>
        {
            Send(new ToggleDatabasesStateOperation(database, disable: true));
            Expect.Throws<DatabaseDisabledException>(() => SaveTo(database));
        });
        With("enabled again, it has what it had", database =>
        {
            SaveTo(database);
            Send(new ToggleDatabasesStateOperation(database, disable: true));
            var result = Send(new ToggleDatabasesStateOperation(database, disable: false));
            Expect.Equal(false, result.Disabled);
            Expect.Equal("x", LoadFrom(database).Name);
        });
        suite.Check("one can be created disabled", () =>
        {
            var database = suite.Create("Of-" + Guid.NewGuid().ToString("N")[..8], disabled: true);
            try { Expect.Throws<DatabaseDisabledException>(() => LoadFrom(database)); }
            finally { suite.Drop(database); }
        });
        suite.Check("toggling a missing one says so", () =>
        {
            var result = Send(new ToggleDatabasesStateOperation("Missing", disable: true));
            Expect.Equal(false, result.Success);
            Expect.Equal("database not found", result.Reason);
        });
        suite.Check("the server names its build", () =>
            Expect.True(Send(new GetBuildNumberOperation()).ProductVersion.StartsWith("7.2"), "7.2"));
        suite.Check("the cluster has this node", () =>
        {
            var command = new GetClusterTopologyCommand();
            var executor = suite.Store.GetRequestExecutor();
            using (executor.ContextPool.AllocateOperationContext(out var context)) executor.Execute(command, context);
            Expect.Equal(1, command.Result.Topology.AllNodes.Count);
        });
    }
}
