namespace Orchestrator.Gateway.Dashboard.Assets;

/// <summary>A file that pages load.</summary>
internal sealed record Asset(ReadOnlyMemory<byte> Content, string ContentType);
