namespace Orchestrator.Architecture.Tests;

public sealed class LayerTests
{
    /// <summary>Each assembly, and the ones of ours it may refer to.</summary>
    public static TheoryData<string, string[]> Layers => new()
    {
        { "Core", [] },
        { "Contracts", ["Core"] },
        { "Telemetry", [] },
        { "Storage", ["Core"] },
        { "Runtime", ["Core", "Storage", "Telemetry"] },
        { "Workers", ["Core", "Runtime", "Telemetry"] },
        { "Hosting", ["Core", "Storage", "Runtime", "Telemetry", "Workers"] },
        { "Testing", ["Core", "Storage", "Runtime", "Workers", "Hosting"] },
        { "Silo", ["Core", "Storage", "Runtime", "Telemetry", "Workers", "Hosting"] },
        { "Client", ["Contracts"] },
        { "Cli", ["Client", "Contracts", "Storage", "Gateway", "Hosting"] },
        { "Gateway", ["Core", "Contracts", "Storage", "Runtime", "Telemetry", "Workers", "Hosting"] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Assembly_OfOurs_RefersOnlyToLayersBelow(string assembly, string[] allowed) =>
        Assert.Empty(Source.OwnReferences(assembly).Except(allowed));

    [Fact]
    public void Layers_OfTheTable_CoverEveryProject()
    {
        var projects = new[] { "src", "gateway", "silo" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Source.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetFileNameWithoutExtension(file)["Orchestrator.".Length..]);

        Assert.Equal(projects.Order(), Layers.Select(row => (string)row[0]).Order());
    }

    /// <summary>Everything a pure library needs; files, sockets, processes, databases and hosts are elsewhere.</summary>
    [Fact]
    public void Core_References_AreFreeOfInputAndOutput()
    {
        string[] pure =
        [
            "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory",
            "System.Runtime.Extensions", "System.Runtime.Numerics", "System.Numerics.Vectors", "System.Text.RegularExpressions", "System.Text.Json",
            "System.Text.Encodings.Web", "System.Security.Cryptography", "System.Globalization",
        ];

        Assert.Empty(Source.References("Core").Except(pure));
    }

    [Theory]
    [InlineData("Runtime")]
    [InlineData("Workers")]
    [InlineData("Hosting")]
    [InlineData("Gateway")]
    [InlineData("Silo")]
    public void Database_Drivers_AreKnownOnlyToStorage(string assembly) =>
        Assert.DoesNotContain(Source.References(assembly), reference => reference is "Npgsql" or "Microsoft.Data.Sqlite" || reference.StartsWith("SQLitePCL", StringComparison.Ordinal));
}
