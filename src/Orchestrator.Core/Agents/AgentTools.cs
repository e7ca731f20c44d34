namespace Orchestrator.Core.Agents;

/// <summary>The tools that agents have built in.</summary>
public static class AgentTools
{
    public const string CreateTask = "create_task";
    public const string WaitForTasks = "wait_for_tasks";
    public const string AskPerson = "ask_person";

    /// <summary>Ends the task with its result; an agent with an output schema has it in any case.</summary>
    public const string Finish = "finish";

    public static IReadOnlyList<string> All { get; } = [CreateTask, WaitForTasks, AskPerson, Finish];
}
