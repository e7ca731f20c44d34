using System.Reflection;

namespace Orchestrator.Architecture.Tests;

/// <summary>The files of the checkout that these tests were built from.</summary>
internal static class Source
{
    public static string Root { get; } = FindRoot();

    /// <summary>C# files under a folder of the checkout, without what the build writes.</summary>
    public static IReadOnlyList<string> Files(params string[] folders) =>
        [.. folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)).Where(IsWritten).Order(StringComparer.Ordinal)];

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    /// <summary>Our assemblies that <paramref name="name"/> refers to, without the common prefix.</summary>
    public static IReadOnlyList<string> OwnReferences(string name) =>
        [.. References(name).Where(reference => reference.StartsWith("Orchestrator.", StringComparison.Ordinal)).Select(reference => reference["Orchestrator.".Length..])];

    public static IReadOnlyList<string> References(string name) =>
        [.. Assembly.Load(name == "Cli" ? "orc" : $"Orchestrator.{name}").GetReferencedAssemblies().Select(reference => reference.Name!).Order(StringComparer.Ordinal)];

    private static bool IsWritten(string file) =>
        !Relative(file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Orchestrator.sln above {AppContext.BaseDirectory}.");
    }
}
