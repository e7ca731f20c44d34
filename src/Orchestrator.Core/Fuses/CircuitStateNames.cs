namespace Orchestrator.Core.Fuses;

/// <summary>The states of a circuit as callers and the store write them.</summary>
public static class CircuitStateNames
{
    private static readonly string[] Names = ["closed", "open", "half_open"];

    public static string ToName(this CircuitState state) => Names[(int)state];

    public static CircuitState Parse(string name) =>
        Array.IndexOf(Names, name) is var index and >= 0 ? (CircuitState)index : throw new FormatException($"'{name}' is not a state of a circuit.");
}
