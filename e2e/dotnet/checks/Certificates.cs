using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Raven.Client.Exceptions;
using Raven.Client.ServerWide.Operations;
using Raven.Client.ServerWide.Operations.Certificates;

namespace Checks;

static class Certificates
{
    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The certificate in the ZIP that the server answers.</summary>
    public static X509Certificate2 Opened(CertificateRawData zip, string passphrase = null)
    {
        using var archive = new ZipArchive(new MemoryStream(zip.RawData));
        using var entry = archive.Entries.Single(e => e.Name.EndsWith(".pfx")).Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return X509CertificateLoader.LoadPkcs12(bytes.ToArray(), passphrase);
    }

    public static void Add(Suite suite)
    {
        T Send<T>(IServerOperation<T> operation) => suite.Store.Maintenance.Server.Send(operation);
        void Do(IServerOperation operation) => suite.Store.Maintenance.Server.Send(operation);
        void Put(X509Certificate2 certificate, string name, SecurityClearance clearance = SecurityClearance.ValidUser, Dictionary<string, DatabaseAccess> permissions = null) =>
            Do(new PutClientCertificateOperation(name, certificate, permissions ?? [], clearance));
        CertificateDefinition Get(X509Certificate2 certificate) => Send(new GetCertificateOperation(certificate.Thumbprint));
        void With(string name, Action<X509Certificate2> body, SecurityClearance clearance = SecurityClearance.ValidUser) => suite.Check(name, () =>
        {
            var certificate = SelfSigned(name);
            Put(certificate, name, clearance);
            try { body(certificate); }
            finally { Do(new DeleteCertificateOperation(certificate.Thumbprint)); }
        });

        foreach (var clearance in new[] { SecurityClearance.ClusterAdmin, SecurityClearance.Operator, SecurityClearance.ValidUser })
        {
            suite.Check($"made with clearance {clearance}", () =>
            {
                var zip = Send(new CreateClientCertificateOperation($"made {clearance}", [], clearance, "secret"));
                var certificate = Opened(zip, "secret");
                Expect.True(certificate.HasPrivateKey, "a key");
                Expect.Equal(clearance, Get(certificate).SecurityClearance);
                Do(new DeleteCertificateOperation(certificate.Thumbprint));
            });
            With($"put with clearance {clearance}", certificate => Expect.Equal(clearance, Get(certificate).SecurityClearance), clearance);
        }
        suite.Check("made with permissions", () =>
        {
            var permissions = new Dictionary<string, DatabaseAccess> { ["Orders"] = DatabaseAccess.ReadWrite, ["Shop"] = DatabaseAccess.Admin };
            var certificate = Opened(Send(new CreateClientCertificateOperation("with permissions", permissions, SecurityClearance.ValidUser)));
            var got = Get(certificate).Permissions;
            Expect.Equal(DatabaseAccess.ReadWrite, got["Orders"]);
            Expect.Equal(DatabaseAccess.Admin, got["Shop"]);
            Do(new DeleteCertificateOperation(certificate.Thumbprint));
        });
        With("got by its thumbprint", certificate =>
        {
            var got = Get(certificate);
            Expect.Equal("got by its thumbprint", got.Name);
            Expect.Equal(Convert.ToBase64String(certificate.Export(X509ContentType.Cert)), got.Certificate);
        });
        suite.Check("an unknown one is none", () =>
            Expect.Equal(null, Send(new GetCertificateOperation(new string('0', 40)))));
        With("listed", certificate =>
            Expect.True(Send(new GetCertificatesOperation(0, 10_000)).Any(c => c.Thumbprint == certificate.Thumbprint), "listed"));
        With("listed by its name", certificate =>
            Expect.Same([certificate.Thumbprint], Send(new GetCertificatesMetadataOperation("listed by its name")).Select(c => c.Thumbprint)));
        With("its metadata", certificate =>
            Expect.Equal("its metadata", Send(new GetCertificateMetadataOperation(certificate.Thumbprint)).Name));
        With("edited", certificate =>
        {
            Do(new EditClientCertificateOperation(new EditClientCertificateOperation.Parameters
            {
                Thumbprint = certificate.Thumbprint, Name = "renamed", Clearance = SecurityClearance.ValidUser,
                Permissions = new() { ["Orders"] = DatabaseAccess.Admin },
            }));
            var got = Get(certificate);
            Expect.Equal("renamed", got.Name);
            Expect.Equal(DatabaseAccess.Admin, got.Permissions["Orders"]);
        });
        With("deleted", certificate =>
        {
            Do(new DeleteCertificateOperation(certificate.Thumbprint));
            Expect.Equal(null, Get(certificate));
        });
        suite.Check("deleting an unknown one", () => Do(new DeleteCertificateOperation(new string('0', 40))));
        With("put again over itself", certificate =>
        {
            Put(certificate, "second name");
            Expect.Equal("second name", Get(certificate).Name);
        });
        suite.Check("the server's own is refused", () =>
            Expect.Throws<RavenException>(() => Put(suite.Admin, "server")));
        suite.Check("deleting one's own is refused", () =>
            Expect.Throws<RavenException>(() => Do(new DeleteCertificateOperation(suite.Admin.Thumbprint))));
        suite.Check("one without a name is refused", () =>
            Expect.Throws<RavenException>(() => Put(SelfSigned("x"), " ")));
        With("names in other letters", certificate =>
        {
            Put(certificate, "Grüße, 日本語");
            Expect.Equal("Grüße, 日本語", Get(certificate).Name);
        });
    }
}
