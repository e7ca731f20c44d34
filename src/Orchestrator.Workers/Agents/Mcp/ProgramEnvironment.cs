namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>
/// Which variables a definition may set for a program that this silo allows. Those that tell loaders, interpreters and shells what to run
/// are not among them: with them a definition could have any program run.
/// </summary>
internal static class ProgramEnvironment
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "PATHEXT", "COMSPEC", "SHELL", "ENV", "IFS", "PS4", "PROMPT_COMMAND", "SHELLOPTS", "BASHOPTS", "ZDOTDIR", "CDPATH",
        "HOME", "USERPROFILE", "BROWSER", "EDITOR", "VISUAL", "PAGER", "LESSOPEN", "LESSCLOSE", "MANPAGER", "GCONV_PATH", "LOCPATH",
        "CLASSPATH", "JAVA_HOME", "JAVA_OPTS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "PHPRC", "PHP_INI_SCAN_DIR", "GOFLAGS", "OPENSSL_CONF", "OPENSSL_MODULES",
        "XDG_CONFIG_HOME", "VIRTUAL_ENV",
    };

    private static readonly string[] Prefixes =
        ["LD_", "DYLD_", "BASH_", "PYTHON", "NODE_", "NPM_", "YARN_", "DENO_", "BUN_", "UV_", "PIP_", "PERL", "RUBY", "GEM_", "BUNDLE_", "LUA_", "GIT_", "DOTNET_", "CORECLR_", "COMPLUS_", "R_"];

    public static bool IsReserved(string name) =>
        Names.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
