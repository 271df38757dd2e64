using Raven.Client.Documents;
using Raven.Client.Http;

namespace Checks;

/// <summary>Every way in which the client can send and take bodies.</summary>
static class Compression
{
    public static void Add(Suite suite)
    {
        void With(string name, Action<DocumentStore> change) => suite.Check(name, () =>
        {
            using var store = suite.Open(suite.Admin, change: change);
            using var session = store.OpenSession();
            session.Store(new User { Name = new string('x', 100_000) }, "compression/1");
            session.SaveChanges();
            Expect.Equal(100_000, suite.Load("compression/1").Name.Length);
            using var other = store.OpenSession();
            Expect.Equal(100_000, other.Load<User>("compression/1").Name.Length);
        });

        With("as it comes", _ => { });
        With("zstd", store => store.Conventions.HttpCompressionAlgorithm = HttpCompressionAlgorithm.Zstd);
        With("gzip", store => store.Conventions.HttpCompressionAlgorithm = HttpCompressionAlgorithm.Gzip);
        With("no compression", store => store.Conventions.UseHttpCompression = false);
        With("answers as they are", store => store.Conventions.UseHttpDecompression = false);
        With("HTTP/1.1", store => store.Conventions.HttpVersion = System.Net.HttpVersion.Version11);
    }
}
