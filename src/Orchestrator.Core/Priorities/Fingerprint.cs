using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Orchestrator.Core.Priorities;

/// <summary>The first 128 bits of the SHA-256 of a text's UTF-16 code units, low byte first.</summary>
public readonly record struct Fingerprint(UInt128 Value)
{
    /// <summary>Of any string, well formed or not: two that differ in one code unit have different ones.</summary>
    public static Fingerprint Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (BitConverter.IsLittleEndian)
        {
            SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        }
        else
        {
            var units = new byte[text.Length * sizeof(char)];
            for (var index = 0; index < text.Length; index++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(units.AsSpan(index * sizeof(char)), text[index]);
            }

            SHA256.HashData(units, hash);
        }

        return new Fingerprint(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
