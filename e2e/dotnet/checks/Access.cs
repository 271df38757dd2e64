using System.Security.Cryptography.X509Certificates;
using Raven.Client.Documents;
using Raven.Client.Documents.Operations;
using Raven.Client.Exceptions;
using Raven.Client.Exceptions.Security;
using Raven.Client.ServerWide.Operations;
using Raven.Client.ServerWide.Operations.Certificates;

namespace Checks;

/// <summary>What a certificate opens, by what it was given.</summary>
static class Access
{
    public static void Add(Suite suite)
    {
        void With(string name, SecurityClearance clearance, Dictionary<string, DatabaseAccess> permissions, Action<IDocumentStore, X509Certificate2> body) =>
            suite.Check(name, () =>
            {
                var server = suite.Store.Maintenance.Server;
                var certificate = Certificates.Opened(server.Send(new CreateClientCertificateOperation(name, permissions, clearance)));
                using var store = suite.Open(certificate);
                try { body(store, certificate); }
                finally { server.Send(new DeleteCertificateOperation(certificate.Thumbprint)); }
            });
        void Save(IDocumentStore store, string id)
        {
            using var session = store.OpenSession();
            session.Store(new User { Name = "x" }, id);
            session.SaveChanges();
        }
        User Load(IDocumentStore store, string id)
        {
            using var session = store.OpenSession();
            return session.Load<User>(id);
        }

        With("ReadWrite reads and writes", SecurityClearance.ValidUser, new() { [suite.Database] = DatabaseAccess.ReadWrite }, (store, _) =>
        {
            Save(store, "access/1");
            Expect.Equal("x", Load(store, "access/1").Name);
        });
        // Of one with Read alone a server without a licence makes none.
        With("Read reads", SecurityClearance.ValidUser, new() { [suite.Database] = DatabaseAccess.Read, ["Other"] = DatabaseAccess.ReadWrite }, (store, _) =>
            Expect.Equal("first", Load(store, suite.Put("access/2")).Name));
        With("Read doesn't write", SecurityClearance.ValidUser, new() { [suite.Database] = DatabaseAccess.Read, ["Other"] = DatabaseAccess.ReadWrite }, (store, _) =>
            Expect.Throws<AuthorizationException>(() => Save(store, "access/3")));
        With("Admin writes", SecurityClearance.ValidUser, new() { [suite.Database] = DatabaseAccess.Admin }, (store, _) => Save(store, "access/4"));
        With("none opens nothing", SecurityClearance.ValidUser, [], (store, _) =>
            Expect.Throws<AuthorizationException>(() => Load(store, "access/1")));
        With("ValidUser makes no database", SecurityClearance.ValidUser, new() { [suite.Database] = DatabaseAccess.Admin }, (store, _) =>
            Expect.Throws<AuthorizationException>(() =>
                store.Maintenance.Server.Send(new CreateDatabaseOperation(new Raven.Client.ServerWide.DatabaseRecord("Forbidden")))));
        With("ValidUser lists no certificates", SecurityClearance.ValidUser, new() { [suite.Database] = DatabaseAccess.Admin }, (store, _) =>
            Expect.Throws<AuthorizationException>(() => store.Maintenance.Server.Send(new GetCertificatesOperation(0, 10))));
        With("Operator does", SecurityClearance.Operator, [], (store, _) =>
            Expect.True(store.Maintenance.Server.Send(new GetCertificatesOperation(0, 10)).Length > 0, "certificates"));
        With("Operator makes no cluster admin", SecurityClearance.Operator, [], (store, _) =>
            Expect.Throws<RavenException>(() =>
                store.Maintenance.Server.Send(new CreateClientCertificateOperation("x", [], SecurityClearance.ClusterAdmin))));
        With("statistics", SecurityClearance.ValidUser, new() { [suite.Database] = DatabaseAccess.ReadWrite }, (store, _) =>
            Expect.True(store.Maintenance.Send(new GetStatisticsOperation()).CountOfDocuments > 0, "documents"));
        With("deleted, it opens nothing", SecurityClearance.ValidUser, new() { [suite.Database] = DatabaseAccess.ReadWrite }, (_, certificate) =>
        {
            suite.Store.Maintenance.Server.Send(new DeleteCertificateOperation(certificate.Thumbprint));
            using var store = suite.Open(certificate);
            Expect.Throws<AuthorizationException>(() => Load(store, "access/1"));
        });
        suite.Check("a stranger opens nothing", () =>
        {
            using var store = suite.Open(Certificates.SelfSigned("stranger"));
            Expect.Throws<AuthorizationException>(() => Load(store, "access/1"));
        });
    }
}
