namespace Orchestrator.Runtime.Models;

public enum ChatRole
{
    System,
    User,
    Assistant,
    Tool,
}
