using System.Data.Common;
using Npgsql;

namespace Orchestrator.Storage.Postgres;

internal static class PostgresConnectionString
{
    /// <summary>What is wrong, as the end of a sentence. Values, and keywords that may be half of a value, are secrets.</summary>
    public static string? FindMistake(string connectionString)
    {
        DbConnectionStringBuilder parts;
        try
        {
            parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException)
        {
            return "is not a list of Keyword=value, separated by semicolons.";
        }

        var settings = new NpgsqlConnectionStringBuilder();
        foreach (string keyword in parts.Keys)
        {
            if (!settings.ContainsKey(keyword))
            {
                return "has a keyword that Npgsql does not know.";
            }

            try
            {
                settings[keyword] = parts[keyword];
            }
            catch (Exception exception) when (IsRefusal(exception))
            {
                return $"has a value of {keyword} that cannot be used.";
            }
        }

        if (string.IsNullOrWhiteSpace(settings.Host))
        {
            return "names no Host.";
        }

        try
        {
            using var source = NpgsqlDataSource.Create(settings);
            return null;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            return "combines settings that exclude each other.";
        }
    }

    private static bool IsRefusal(Exception exception) =>
        exception is ArgumentException or FormatException or OverflowException or InvalidCastException or InvalidOperationException or NotSupportedException;
}
