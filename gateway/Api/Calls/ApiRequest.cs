namespace Orchestrator.Gateway.Api.Calls;

/// <summary>A request of the API that a tool is carried out by.</summary>
/// <param name="Path">Under the API's prefix, not encoded.</param>
/// <param name="Query">As it stands in an address, with its question mark; empty for none.</param>
/// <param name="Body">JSON; null for none.</param>
internal sealed record ApiRequest(string Method, string Path, string Query, ReadOnlyMemory<byte>? Body, IReadOnlyDictionary<string, string> Headers);
