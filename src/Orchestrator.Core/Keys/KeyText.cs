using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Core.Keys;

/// <summary>
/// A key as its holder has it: <c>orc_{id}_{secret}</c>. The id is no secret and finds the row; of the secret only the SHA-256 is kept,
/// which for 256 random bits needs neither salt nor stretching.
/// </summary>
/// <param name="Id">16 letters and digits.</param>
/// <param name="Secret">43 characters of base64url.</param>
public readonly record struct KeyText(string Id, string Secret)
{
    public const string Prefix = "orc_";
    public const int IdLength = 16;

    private const string IdCharacters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> OfIds = SearchValues.Create(IdCharacters);

    /// <summary>Takes a text apart; null when it cannot be a key.</summary>
    public static KeyText? Parse(string text)
    {
        const int secret = 4 + IdLength + 1;
        return text.Length is > secret and <= KeyLimits.MaxTextLength
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[secret - 1] == '_'
            && !text.AsSpan(Prefix.Length, IdLength).ContainsAnyExcept(OfIds)
            ? new KeyText(text.Substring(Prefix.Length, IdLength), text[secret..])
            : null;
    }

    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    /// <summary>Whether the secret is the one that was hashed; how long it takes does not tell how much of it is.</summary>
    public bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(Hash(), hash);

    /// <summary>The text that <see cref="Parse"/> reads. Nobody prints it by mistake.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}";

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";
}
