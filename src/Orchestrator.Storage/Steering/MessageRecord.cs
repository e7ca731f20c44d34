namespace Orchestrator.Storage.Steering;

/// <param name="Number">Its place among the messages of the task, from 1.</param>
public sealed record MessageRecord(int Number, string Role, string Content);
