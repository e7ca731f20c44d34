using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Api;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Security;

/// <summary>Every endpoint of the API, and what is beside it, with every kind of key.</summary>
public sealed class RouteKeyTests
{
    private const string Mine = "mine";
    private const string Other = "other";
    private static readonly string[] BesideTheApi = ["/mcp", "/observability/ws"];

    [Fact]
    public async Task Route_WithEachKindOfKey_LetsInWhomItShould()
    {
        var (gateway, admin) = await KeyedGateway.StartAsync();
        await using var _ = gateway;
        foreach (var id in new[] { Mine, Other })
        {
            await gateway.SendAsync(admin, HttpMethod.Post, "/api/v1/workspaces", new { id }, 201);
        }

        var keys = new List<(string Name, string? Key, KeyScope? Scope)> { ("none", null, null), ("invented", $"orc_{new string('0', KeyText.IdLength)}_{new string('s', 43)}", null) };
        foreach (var verb in Enum.GetValues<KeyVerb>())
        {
            keys.Add((verb.ToName(), await CreateAsync(gateway, admin, verb, null), new KeyScope([verb], null)));
            keys.Add(($"{verb.ToName()} in {Mine}", await CreateAsync(gateway, admin, verb, [Mine]), new KeyScope([verb], [Mine])));
        }

        var revoked = await CreateAsync(gateway, admin, KeyVerb.Admin, null, "revoked");
        using (await gateway.TrySendAsync(admin, HttpMethod.Delete, "/api/v1/keys/revoked"))
        {
            keys.Add(("revoked", revoked, null));
        }

        var endpoints = EndpointsOf(gateway);
        var wrong = new List<string>();
        foreach (var endpoint in endpoints)
        {
            foreach (var (name, key, scope) in keys)
            {
                foreach (var workspace in new[] { Mine, Other })
                {
                    var (status, title) = await SendAsync(gateway, endpoint, key, workspace);
                    if (Judge(endpoint, scope, workspace, status) is { } expected)
                    {
                        wrong.Add($"{endpoint.Method} {endpoint.Pattern} in {workspace} with {name}: {status} {title}, not {expected}");
                    }
                }
            }
        }

        Assert.True(endpoints.Count > 80, $"Only {endpoints.Count} endpoints were tried.");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task Endpoint_ThatChangesSomething_SaysWhatItNeeds()
    {
        await using var gateway = await TestGateway.StartAsync(_ => { });

        Assert.DoesNotContain(EndpointsOf(gateway), endpoint => endpoint.Method != HttpMethods.Get && endpoint.Declared is null);
    }

    private static string? Judge(Tried endpoint, KeyScope? scope, string workspace, int status)
    {
        if (scope is null)
        {
            return status == 401 ? null : "401";
        }

        if (endpoint.Pattern.Contains("{ws}", StringComparison.Ordinal) && scope.Workspaces?.Contains(workspace) == false)
        {
            return status == 404 ? null : "404";
        }

        return (endpoint.Needed.Verb is not { } verb || scope.Allows(verb)) && !(endpoint.Needed.OfCluster && scope.Workspaces is not null)
            ? status is 401 or 403 or >= 500 and not 503 ? "let in" : null
            : status == 403 ? null : "403";
    }

    private static List<Tried> EndpointsOf(TestGateway gateway) =>
    [
        .. gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(static endpoint => new Tried(
                endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? HttpMethods.Get,
                $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}",
                endpoint.Metadata.GetMetadata<NeededScope>()))
            .Where(static endpoint => endpoint.Pattern.StartsWith(ApiRoutes.Prefix, StringComparison.Ordinal) || BesideTheApi.Contains(endpoint.Pattern)),
    ];

    private static async Task<(int Status, string Title)> SendAsync(TestGateway gateway, Tried endpoint, string? key, string workspace)
    {
        var path = string.Join('/', endpoint.Pattern.Split('/').Select(segment => segment switch
        {
            "{ws}" => workspace,
            "{fuse}" => "pendingCap",
            ['{', .., '}'] => "01890a5d-ac96-774b-bcce-b302099a8057",
            _ => segment,
        }));
        using var answer = await gateway.TrySendAsync(key, new HttpMethod(endpoint.Method), path, endpoint.Method == HttpMethods.Get ? null : new { unknown = 1 });
        return ((int)answer.StatusCode, answer.ReasonPhrase ?? "");
    }

    private static async Task<string> CreateAsync(TestGateway gateway, string admin, KeyVerb verb, string[]? workspaces, string? name = null) =>
        (await gateway.CreateKeyAsync(admin, new { name = name ?? $"{verb.ToName()}{workspaces?.Length}", verbs = new[] { verb.ToName() }, workspaces })).Key!;

    private sealed record Tried(string Method, string Pattern, NeededScope? Declared)
    {
        public NeededScope Needed => Declared ?? new NeededScope(KeyVerb.Read);
    }
}
