// What RavenDB's own .NET client does with a server, as an application uses it. The server is named by the environment (RAVENDB_URL,
// RAVENDB_ADMIN_PFX), its CA by SSL_CERT_FILE. Arguments: text that the names of the checks to run must hold.
using Checks;

var groups = new (string Name, Action<Suite> Add)[]
{
    ("databases", Databases.Add),
    ("documents", Documents.Add),
    ("pages", Pages.Add),
    ("concurrency", Concurrency.Add),
    ("identities", Identities.Add),
    ("compression", Compression.Add),
    ("certificates", Certificates.Add),
    ("access", Access.Add),
    ("not here", NotHere.Add),
};
var suite = new Suite(Environment.GetEnvironmentVariable("RAVENDB_URL"), Environment.GetEnvironmentVariable("RAVENDB_ADMIN_PFX"));
foreach (var (name, add) in groups)
{
    suite.Group = name;
    add(suite);
}
return suite.Run(args);
