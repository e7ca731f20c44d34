namespace Orchestrator.Workers.Pool;

/// <summary>
/// One worker command. In <see cref="Command"/>, <see cref="Args"/> and the values of <see cref="Env"/>, <c>{appDir}</c> stands for
/// the folder of the running program, <c>{contentRoot}</c> for the host's content root, <c>{configDir}</c> for the folder of the
/// configuration file.
/// </summary>
public sealed class PoolWorkerOptions
{
    /// <summary>The program: a name to be found on PATH, or a path.</summary>
    public string Command { get; set; } = string.Empty;

    /// <summary>Its arguments, passed as they are, without a shell.</summary>
    public IList<string> Args { get; set; } = [];

    /// <summary>Environment variables added to the host's own. Variables of the host that hold connection strings are not passed on.</summary>
    public IDictionary<string, string> Env { get; set; } = new Dictionary<string, string>();

    /// <summary>The actions the worker executes; at least one.</summary>
    public IList<string> Actions { get; set; } = [];
}
