namespace Orchestrator.Workers;

/// <summary>Finds what a worker takes and gives.</summary>
internal static class WorkerTypes
{
    /// <exception cref="ArgumentException">The type implements no <see cref="IWorker{TIn,TOut}"/>, or several.</exception>
    public static (Type Input, Type Output) Of(Type worker)
    {
        var faces = worker.GetInterfaces()
            .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IWorker<,>))
            .ToArray();
        return faces switch
        {
            [var face] => (face.GenericTypeArguments[0], face.GenericTypeArguments[1]),
            [] => throw new ArgumentException($"{worker} does not implement IWorker<TIn, TOut>.", nameof(worker)),
            _ => throw new ArgumentException(
                $"{worker} implements IWorker<TIn, TOut> {faces.Length} times ({string.Join(", ", faces.Select(Describe))}); write one class for each, so that it is clear which one an action runs.",
                nameof(worker)),
        };
    }

    private static string Describe(Type face) => $"IWorker<{face.GenericTypeArguments[0].Name}, {face.GenericTypeArguments[1].Name}>";
}
