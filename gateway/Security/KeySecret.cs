using System.Buffers.Text;
using System.Security.Cryptography;
using Orchestrator.Core.Keys;

namespace Orchestrator.Gateway.Security;

/// <summary>Makes keys that nobody guesses.</summary>
internal static class KeySecret
{
    private const int SecretBytes = 32;
    private const string IdCharacters = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static KeyText New() => new(
        RandomNumberGenerator.GetString(IdCharacters, KeyText.IdLength),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));
}
