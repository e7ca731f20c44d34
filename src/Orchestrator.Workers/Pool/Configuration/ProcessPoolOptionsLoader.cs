using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Workers.Pool;

/// <summary>
/// Reads the pool's configuration: the file, then environment variables over it, then code over both. The file is the one that
/// <c>ORCHESTRATOR_CONFIG</c> names, else <c>config/orchestrator.json</c> under the content root, else beside the program; without
/// one there is no pool.
/// </summary>
public static class ProcessPoolOptionsLoader
{
    public const string FileVariable = "ORCHESTRATOR_CONFIG";
    public const string DefaultFile = "config/orchestrator.json";

    /// <param name="contentRoot">The host's content root.</param>
    /// <param name="variable">Reads an environment variable, or a setting of the host by the same name; null when it is not set.</param>
    /// <param name="configure">Options set in code.</param>
    /// <param name="appDirectory">The folder of the running program; null for <see cref="AppContext.BaseDirectory"/>.</param>
    public static ProcessPoolLoad Load(
        string contentRoot,
        Func<string, string?> variable,
        Action<ProcessPoolOptions>? configure = null,
        string? appDirectory = null)
    {
        var mistakes = new List<string>();
        var options = new ProcessPoolOptions { ContentRoot = contentRoot, WorkingDirectory = contentRoot };
        var file = FindFile(contentRoot, appDirectory ?? AppContext.BaseDirectory, variable, mistakes);
        if (file is not null)
        {
            options.WorkingDirectory = Path.GetDirectoryName(file);
            ReadFile(file, options, mistakes);
        }

        ReadVariables(variable, options, mistakes);
        configure?.Invoke(options);
        mistakes.AddRange(options.Validate());
        return new ProcessPoolLoad(options, mistakes, file);
    }

    private static string? FindFile(string contentRoot, string appDirectory, Func<string, string?> variable, List<string> mistakes)
    {
        if (variable(FileVariable) is { Length: > 0 } named)
        {
            var path = Path.GetFullPath(named, contentRoot);
            if (File.Exists(path))
            {
                return path;
            }

            mistakes.Add($"{FileVariable} names {path}, which does not exist; correct the path, or unset the variable to use {DefaultFile}.");
            return null;
        }

        return new[] { contentRoot, appDirectory }
            .Select(folder => Path.GetFullPath(DefaultFile, Path.GetFullPath(folder)))
            .FirstOrDefault(File.Exists);
    }

    private static void ReadFile(string file, ProcessPoolOptions options, List<string> mistakes)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(file),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            new ProcessPoolFileReader(file, options, mistakes).Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            mistakes.Add($"{file} is not JSON: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{file} cannot be read: {exception.Message}");
        }
    }

    private static void ReadVariables(Func<string, string?> variable, ProcessPoolOptions options, List<string> mistakes)
    {
        foreach (var setting in PoolSetting.All)
        {
            if (variable(setting.Variable)?.Trim() is not { Length: > 0 } text)
            {
                continue;
            }

            if (setting.CanBeOff && text is ("0" or "off" or "null"))
            {
                setting.Set(options, null);
            }
            else if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                setting.Set(options, number);
            }
            else
            {
                mistakes.Add($"{setting.Variable} is \"{text}\"; set it to a whole number{(setting.CanBeOff ? " or \"off\"" : string.Empty)}, or unset it.");
            }
        }
    }
}
