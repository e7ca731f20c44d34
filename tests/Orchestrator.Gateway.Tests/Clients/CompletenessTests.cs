using System.Net;
using System.Reflection;
using Orchestrator.Client;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>
/// The client against the description of the API: each of its public methods is called once, with samples for everything, and its
/// request is held against the operations. Whoever adds an endpoint adds a method; a new method is found by itself.
/// </summary>
public sealed class CompletenessTests
{
    private const string Api = "/api/v1/";
    private static readonly string[] ConditionalHeaders = ["Idempotency-Key", "Prefer", "Last-Event-ID"];

    /// <summary>Lists are read to their end: a cursor comes from the answer before, and parts are as large as the API makes them.</summary>
    private static readonly string[] Paging = ["limit", "cursor"];

    [Fact]
    public async Task Client_EveryMethod_AsksForOneOperation()
    {
        foreach (var call in await CallAllAsync())
        {
            Assert.True(call.Operation is not null, $"{call.Method} asks for {call.Request}, which is not in the description.");
        }
    }

    [Fact]
    public async Task Client_EveryOperation_HasAMethod()
    {
        var operations = ApiDocument.Operations.Select(operation => operation.Name).Where(name => name.Contains(Api, StringComparison.Ordinal)).ToList();

        var uncalled = operations.Except((await CallAllAsync()).Select(call => call.Operation?.Name)).ToList();

        Assert.NotEmpty(operations);
        Assert.True(uncalled.Count == 0, $"No method of the client asks for {string.Join(", ", uncalled)}.");
    }

    [Fact]
    public async Task Client_EveryParameter_CanBeGivenAndIsKnown()
    {
        foreach (var calls in (await CallAllAsync()).Where(call => call.Operation is not null).GroupBy(call => call.Operation!))
        {
            var given = calls.SelectMany(call => call.Query).Distinct().ToList();
            var unknown = given.Except(calls.Key.Query);
            var missing = calls.Key.Query.Except(given).Except(Paging);
            Assert.True(!unknown.Any() && !missing.Any(), $"{calls.Key.Name}: unknown '{string.Join(' ', unknown)}', missing '{string.Join(' ', missing)}'.");
        }
    }

    /// <summary>An endpoint that honours a key always gets one, and no other does.</summary>
    [Fact]
    public async Task Client_EveryHeader_IsSentWhereItIsHonoured()
    {
        foreach (var calls in (await CallAllAsync()).Where(call => call.Operation is not null).GroupBy(call => call.Operation!))
        {
            Assert.Equal((calls.Key.Name, Join(calls.Key.Headers)), (calls.Key.Name, Join(calls.SelectMany(call => call.Headers))));
            Assert.All(calls, call => Assert.Equal(calls.Key.Headers.Contains("Idempotency-Key"), call.Headers.Contains("Idempotency-Key")));
        }
    }

    private static string Join(IEnumerable<string> names) => string.Join(' ', names.Distinct().Order());

    private static async Task<IReadOnlyList<Call>> CallAllAsync()
    {
        var calls = new List<Call>();
        foreach (var noun in typeof(OrchestratorClient).GetProperties().Select(property => property.PropertyType).Prepend(typeof(OrchestratorClient)))
        {
            foreach (var method in noun.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                if (!method.IsSpecialName && method.Name != nameof(IDisposable.Dispose))
                {
                    calls.Add(await CallAsync(noun, method));
                }
            }
        }

        return calls;
    }

    /// <summary>The request of a method. It is refused, so that there is just one.</summary>
    private static async Task<Call> CallAsync(Type noun, MethodInfo method)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Status(HttpStatusCode.BadRequest));
        using var http = new HttpClient(handler);
        using var client = new OrchestratorClient(http);
        var target = noun == typeof(OrchestratorClient) ? client : typeof(OrchestratorClient).GetProperties().Single(property => property.PropertyType == noun).GetValue(client);
        var answer = method.Invoke(target, [.. method.GetParameters().Select(parameter => Samples.Of(parameter.ParameterType))]);

        await Assert.ThrowsAsync<OrchestratorException>(() => answer as Task ?? FirstAsync(answer!));

        var (request, headers, _) = Assert.Single(handler.Seen);
        var parts = request.Split('?');
        var query = parts.Length == 1 ? [] : parts[1].Split('&').Select(parameter => parameter.Split('=')[0]).ToList();
        var operation = ApiDocument.Operations.SingleOrDefault(operation => operation.Request.IsMatch(parts[0]));
        return new Call($"{noun.Name}.{method.Name}", parts[0], operation, query, [.. headers.Keys.Intersect(ConditionalHeaders)]);
    }

    /// <summary>Asks for the first item of a list, whatever it is a list of.</summary>
    private static async Task FirstAsync(object list)
    {
        var type = list.GetType().GetInterfaces().Single(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        var first = typeof(CompletenessTests).GetMethod(nameof(FirstOfAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
        await (Task)first.MakeGenericMethod(type.GenericTypeArguments[0]).Invoke(null, [list])!;
    }

    private static async Task FirstOfAsync<T>(IAsyncEnumerable<T> list)
    {
        await using var items = list.GetAsyncEnumerator();
        await items.MoveNextAsync();
    }

    private sealed record Call(
        string Method, string Request, ApiDocument.Operation? Operation, IReadOnlyList<string> Query, IReadOnlyList<string> Headers);
}
