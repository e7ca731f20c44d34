using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Storage.Runs;

/// <summary>Checks an input of a definition that has a schema for it.</summary>
public delegate InputVerdict InputCheck(RunDefinition definition, ReadOnlyMemory<byte> input);
