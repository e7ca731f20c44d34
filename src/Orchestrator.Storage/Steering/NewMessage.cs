namespace Orchestrator.Storage.Steering;

/// <param name="Role"><c>user</c> or <c>system</c>.</param>
public sealed record NewMessage(string Role, string Content);
