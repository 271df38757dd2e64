using System.Security.Cryptography.X509Certificates;
using Raven.Client.Documents;
using Raven.Client.Exceptions;
using Raven.Client.ServerWide;
using Raven.Client.ServerWide.Operations;

namespace Checks;

public class User
{
    public string Id { get; set; }
    public string Name { get; set; }
    public int Count { get; set; }
    public string Friend { get; set; }
    public List<string> Others { get; set; }
}

/// <summary>The checks and what they share: a server, a store with all rights, and a database that is theirs.</summary>
public sealed class Suite(string url, string adminFile)
{
    readonly List<(string Name, Action Body)> _checks = [];
    public string Group = "";
    public string Url => url;
    public string Database { get; } = "Checks-" + Guid.NewGuid().ToString("N")[..8];
    public X509Certificate2 Admin { get; } = X509CertificateLoader.LoadPkcs12FromFile(adminFile, null);
    public IDocumentStore Store { get; private set; }

    public void Check(string name, Action body) => _checks.Add(($"{Group}: {name}", body));

    /// <summary>A store as an application has it. Its certificate goes with it.</summary>
    public IDocumentStore Open(X509Certificate2 certificate, string database = null, Action<DocumentStore> change = null)
    {
        var store = new DocumentStore { Urls = [url], Database = database ?? Database, Certificate = new X509Certificate2(certificate) };
        change?.Invoke(store);
        return store.Initialize();
    }

    public string Create(string name, bool disabled = false)
    {
        Store.Maintenance.Server.Send(new CreateDatabaseOperation(new DatabaseRecord(name) { Disabled = disabled }));
        return name;
    }

    public void Drop(string name) =>
        Store.Maintenance.Server.Send(new DeleteDatabasesOperation(name, hardDelete: true));

    /// <summary>A document of its own for one check.</summary>
    public string Put(string id, string name = "first", int count = 0)
    {
        using var session = Store.OpenSession();
        session.Store(new User { Name = name, Count = count }, id);
        session.SaveChanges();
        return id;
    }

    public User Load(string id)
    {
        using var session = Store.OpenSession();
        return session.Load<User>(id);
    }

    public int Run(string[] wanted)
    {
        int passed = 0, failed = 0;
        Store = Open(Admin);
        Create(Database);
        foreach (var (name, body) in _checks.Where(check => wanted.All(check.Name.Contains)))
        {
            try
            {
                body();
                passed++;
            }
            catch (Exception error)
            {
                failed++;
                Console.WriteLine($"FAILED {name}: {error.GetType().Name}: {error.Message.Split('\n')[0]}");
            }
        }
        Drop(Database);
        Store.Dispose();
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}

public sealed class CheckFailed(string message) : Exception(message);

public static class Expect
{
    public static void Equal<T>(T wanted, T got)
    {
        if (!EqualityComparer<T>.Default.Equals(wanted, got)) throw new CheckFailed($"expected {wanted}, got {got}");
    }

    public static void Same(IEnumerable<string> wanted, IEnumerable<string> got) =>
        Equal(string.Join(" ", wanted), string.Join(" ", got));

    public static void True(bool condition, string what)
    {
        if (!condition) throw new CheckFailed(what);
    }

    /// <summary>The exception of this type; another one, or none, fails.</summary>
    public static T Throws<T>(Action action) where T : Exception
    {
        try
        {
            action();
        }
        catch (T expected)
        {
            return expected;
        }
        catch (Exception other)
        {
            throw new CheckFailed($"expected {typeof(T).Name}, got {other.GetType().Name}: {other.Message.Split('\n')[0]}");
        }
        throw new CheckFailed($"expected {typeof(T).Name}, got none");
    }

    /// <summary>Either it is done, or the server says in a sentence, by RavenDB's exception, that it can't.</summary>
    public static void DoneOrSaid(Action action)
    {
        try
        {
            action();
        }
        catch (RavenException error) when (error.Message.Contains("This server"))
        {
        }
    }
}
