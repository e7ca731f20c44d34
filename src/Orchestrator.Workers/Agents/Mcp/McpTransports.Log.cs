using Microsoft.Extensions.Logging;

namespace Orchestrator.Workers.Agents.Mcp;

internal sealed partial class McpTransports
{
    [LoggerMessage(4061, LogLevel.Warning, "The MCP server {Server} {Problem}. The end of its standard error:\n{Lines}")]
    public partial void LogLastWords(string server, string problem, string lines);
}
