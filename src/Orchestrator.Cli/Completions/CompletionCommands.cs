using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Completions;

/// <summary><c>orc completion …</c></summary>
internal static class CompletionCommands
{
    public static CommandGroup Group() => new(
        "completion",
        "Prints what a shell needs to complete commands.",
        new CompletionScriptCommand("bash", "source <(orc completion bash)", CompletionScripts.Bash),
        new CompletionScriptCommand("zsh", "source <(orc completion zsh)", CompletionScripts.Zsh),
        new CompletionScriptCommand("fish", "orc completion fish | source", CompletionScripts.Fish),
        new CompletionScriptCommand("pwsh", "orc completion pwsh | Out-String | Invoke-Expression", CompletionScripts.PowerShell),
        new SuggestCommand());
}
