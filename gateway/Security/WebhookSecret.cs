using System.Buffers.Text;
using System.Security.Cryptography;

namespace Orchestrator.Gateway.Security;

/// <summary>Makes secrets for webhooks whose creators give none.</summary>
internal static class WebhookSecret
{
    private const int Bytes = 32;

    public static string New() => $"whsec_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}";
}
