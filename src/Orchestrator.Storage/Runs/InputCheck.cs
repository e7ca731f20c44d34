using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Storage.Runs;

/// <summary>Answers what is wrong with an input of a definition that has a schema for it; null where it fits.</summary>
public delegate string? InputCheck(RunDefinition definition, ReadOnlyMemory<byte> input);
