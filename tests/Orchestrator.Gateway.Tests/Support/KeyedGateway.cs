using Microsoft.AspNetCore.Builder;
using Orchestrator.Contracts.Keys;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Makes keys, and sends requests with them.</summary>
internal static class KeyedGateway
{
    /// <summary>A gateway that asks for keys from its start, and the key with which everything may be done.</summary>
    public static async Task<(TestGateway Gateway, string Admin)> StartAsync(Action<WebApplicationBuilder>? customize = null, params string[] settings)
    {
        var gateway = await TestGateway.StartAsync(customize ?? (_ => { }), settings);
        var admin = (await gateway.PostAsync("/api/v1/keys", new { name = "root", verbs = new[] { "admin" } }, 201)).Text("key");
        return (gateway, admin);
    }

    public static async Task<KeyResponse> CreateKeyAsync(this TestGateway gateway, string admin, object key)
    {
        var made = await gateway.SendAsync(admin, HttpMethod.Post, "/api/v1/keys", key, 201);
        return System.Text.Json.JsonSerializer.Deserialize<KeyResponse>(made.Body, System.Text.Json.JsonSerializerOptions.Web)!;
    }

    public static async Task<Answer> SendAsync(this TestGateway gateway, string? key, HttpMethod method, string path, object? body, int status)
    {
        using var answer = await gateway.TrySendAsync(key, method, path, body);
        return await Answer.ReadAsync(answer, status);
    }

    public static async Task<HttpResponseMessage> TrySendAsync(this TestGateway gateway, string? key, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", key.Contains(' ', StringComparison.Ordinal) ? key : $"Bearer {key}");
        }

        if (body is not null)
        {
            request.Content = body is string text ? TestGateway.Json(text) : System.Net.Http.Json.JsonContent.Create(body);
        }

        return await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
