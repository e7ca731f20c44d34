using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orchestrator.TestKit.Webhooks;

/// <summary>A request as a receiver of webhooks sees it.</summary>
public sealed record ReceivedEvent(string EventId, string Signature, string ContentType, string Text, DateTimeOffset At)
{
    public JsonElement Body { get; } = JsonSerializer.Deserialize<JsonElement>(Text);

    public string Type => Body.GetProperty("type").GetString()!;

    /// <summary>Checks the signature the way a receiver would, from what the documentation says.</summary>
    public bool IsSignedWith(string secret)
    {
        var parts = Signature.Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts["t"]}.{Text}"));
        var age = At.ToUnixTimeSeconds() - long.Parse(parts["t"], CultureInfo.InvariantCulture);
        return parts["v1"] == Convert.ToHexStringLower(expected) && Math.Abs(age) < 300;
    }
}
