namespace Orchestrator.Core.Runs.Expressions.Functions;

/// <summary>All functions there are.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Function> ByName =
        new IEnumerable<Function>[] { TextFunctions.All, CollectionFunctions.All, ArrayFunctions.All, NumberFunctions.All, ConversionFunctions.All }
            .SelectMany(functions => functions)
            .ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    public static Function? Find(string name) => ByName.GetValueOrDefault(name);
}
