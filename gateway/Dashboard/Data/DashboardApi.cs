using System.Globalization;
using System.Text.Json;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Json;
using Orchestrator.Gateway.Api.Calls;
using Orchestrator.Gateway.Dashboard.Layout;

namespace Orchestrator.Gateway.Dashboard.Data;

/// <summary>
/// What pages show is what the API answers to whoever looks at them: there is no other way from a page to the store, so a page can show
/// nothing that its reader may not see.
/// </summary>
internal sealed class DashboardApi(ApiCalls calls, PageContext page)
{
    /// <summary>Reads from the API, and fails as it does.</summary>
    /// <param name="path">Under the API's prefix, not encoded.</param>
    /// <param name="query">Parameters; those without a value are left out.</param>
    public async Task<T> GetAsync<T>(string path, params (string Name, object? Value)[] query)
    {
        var answer = await SendAsync(path, query);
        return answer.Status == StatusCodes.Status200OK
            ? JsonSerializer.Deserialize(answer.Body.Span, ContractsJson.TypeInfo<T>())!
            : throw new ApiRefusedException(answer.Status, JsonSerializer.Deserialize(answer.Body.Span, ContractsJson.TypeInfo<ProblemResponse>())!);
    }

    /// <summary>The same; null for what is not there.</summary>
    public async Task<T?> FindAsync<T>(string path, params (string Name, object? Value)[] query)
        where T : class
    {
        try
        {
            return await GetAsync<T>(path, query);
        }
        catch (ApiRefusedException refused) when (refused.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    private Task<ApiAnswer> SendAsync(string path, (string Name, object? Value)[] query)
    {
        var named = query.Where(parameter => parameter.Value is not null).Select(parameter => KeyValuePair.Create(parameter.Name, (string?)Text(parameter.Value!)));
        var request = new ApiRequest(HttpMethods.Get, path, QueryString.Create(named).ToString(), Body: null, new Dictionary<string, string>());
        return calls.SendAsync(page.Http, request, page.Http.RequestAborted);
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTimeOffset moment => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
