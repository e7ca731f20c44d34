using System.Net.Http.Headers;
using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>What the gateway answered, read to its end.</summary>
public sealed record Answer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    /// <summary>Reads an answer that must have this status.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"Expected {status}, got {(int)response.StatusCode}: {text}");
        var body = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        if (status >= 400)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(status, body.GetProperty("status").GetInt32());
            Assert.NotEmpty(body.GetProperty("traceId").GetString()!);
        }

        return new Answer(status, body, response.Headers);
    }

    /// <summary>The problem's slug.</summary>
    public string Problem => Body.GetProperty("type").GetString()!["urn:orchestrator:problem:".Length..];

    /// <summary>The offending fields, sorted.</summary>
    public IReadOnlyList<string> Pointers =>
        Body.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)] : [];

    public string Text(string member) => Body.GetProperty(member).GetString()!;
}
