namespace Orchestrator.Cli.Completions;

/// <summary>What shells run to complete a line; all of them ask <c>orc</c> itself.</summary>
internal static class CompletionScripts
{
    public const string Bash = """
        _orc() {
          local IFS=$'\n'
          COMPREPLY=( $(orc completion suggest "$COMP_POINT" "$COMP_LINE" 2>/dev/null) )
        }
        complete -o default -F _orc orc
        """;

    public const string Zsh = """
        #compdef orc
        _orc() {
          local -a found
          found=("${(@f)$(orc completion suggest "$CURSOR" "$BUFFER" 2>/dev/null)}")
          [[ -n "$found" ]] && compadd -- "${found[@]}" || _files
        }
        compdef _orc orc
        """;

    public const string Fish = """
        complete -c orc -a '(orc completion suggest (commandline -C) (commandline -p) 2>/dev/null)'
        """;

    public const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName orc -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          orc completion suggest $cursorPosition "$commandAst" 2>$null | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;
}
