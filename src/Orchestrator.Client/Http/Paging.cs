using System.Runtime.CompilerServices;
using Orchestrator.Contracts;

namespace Orchestrator.Client.Http;

/// <summary>Lists to their end, part by part.</summary>
internal static class Paging
{
    /// <param name="path">Answers the path of the part that begins at a cursor.</param>
    public static async IAsyncEnumerable<T> ListAsync<T>(
        this ApiConnection api, Func<string?, string> path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var answer = await api.SendAsync(ApiRequest.Get(path(cursor)), cancellationToken).ConfigureAwait(false);
            var page = answer.Read<Page<T>>();
            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>Deletes; that it is gone when it had to be asked twice is what was wanted.</summary>
    public static async Task DeleteAsync(this ApiConnection api, string path, CancellationToken cancellationToken)
    {
        try
        {
            await api.SendAsync(ApiRequest.Delete(path), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException refusal) when (refusal is { Status: 404, Attempts: > 1 })
        {
        }
    }
}
