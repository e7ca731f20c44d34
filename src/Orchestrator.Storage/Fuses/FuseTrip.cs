using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Fuses;

/// <summary>A fuse that has tripped just now.</summary>
public readonly record struct FuseTrip(string Workspace, Fuse Fuse);
