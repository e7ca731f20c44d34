namespace Orchestrator.Workers.Generation;

/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
public sealed record MessageInput(string Role, string Content);
