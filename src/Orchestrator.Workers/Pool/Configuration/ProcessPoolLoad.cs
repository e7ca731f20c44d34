namespace Orchestrator.Workers.Pool;

/// <summary>What was found where the pool's configuration is looked for.</summary>
/// <param name="Options">Usable when there are no mistakes.</param>
/// <param name="Mistakes">All of them, each with what to do about it.</param>
/// <param name="File">The file that was read; null when there is none.</param>
public sealed record ProcessPoolLoad(ProcessPoolOptions Options, IReadOnlyList<string> Mistakes, string? File);
