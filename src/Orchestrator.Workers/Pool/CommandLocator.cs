namespace Orchestrator.Workers.Pool;

/// <summary>Finds the program of a worker command, or says why it is not there.</summary>
internal static class CommandLocator
{
    /// <param name="command">A name to be found on PATH, or a path that may be relative to <paramref name="workingDirectory"/>.</param>
    /// <param name="searchPath">The value of PATH.</param>
    /// <exception cref="PoolStartException">There is no such program.</exception>
    public static string Find(string command, string workingDirectory, string? searchPath)
    {
        if (command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(command, workingDirectory);
            return Candidates(path).FirstOrDefault(IsExecutable)
                ?? throw new PoolStartException(File.Exists(path) ? $"{path} is not executable" : $"{path} does not exist");
        }

        return (searchPath ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Candidates(Path.Combine(Path.GetFullPath(folder, workingDirectory), command)))
            .FirstOrDefault(IsExecutable)
            ?? throw new PoolStartException($"{command} was not found on PATH");
    }

    private static IEnumerable<string> Candidates(string path) => OperatingSystem.IsWindows()
        ? [path, path + ".exe", path + ".cmd", path + ".bat"]
        : [path];

    private static bool IsExecutable(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != 0;
    }
}
