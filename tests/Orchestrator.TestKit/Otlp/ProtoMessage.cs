using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.TestKit.Otlp;

/// <summary>A message of Protocol Buffers, read without its schema: its fields by number.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    private ProtoMessage()
    {
    }

    public static ProtoMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        var message = new ProtoMessage();
        while (!bytes.IsEmpty)
        {
            var tag = ReadVarint(ref bytes);
            message._fields.Add((int)(tag & 7) switch
            {
                0 => ((int)(tag >> 3), ReadVarint(ref bytes), default),
                1 => ((int)(tag >> 3), BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8).Span), default),
                2 => ((int)(tag >> 3), 0UL, Take(ref bytes, (int)ReadVarint(ref bytes))),
                5 => ((int)(tag >> 3), BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4).Span), default),
                var wire => throw new FormatException($"There is no wire type {wire}."),
            });
        }

        return message;
    }

    public bool Has(int number) => _fields.Exists(field => field.Number == number);

    public IEnumerable<ProtoMessage> Messages(int number) => _fields.Where(field => field.Number == number).Select(field => Parse(field.Bytes));

    public ulong Number(int number) => _fields.Find(field => field.Number == number).Value;

    public string Text(int number) => Encoding.UTF8.GetString(_fields.Find(field => field.Number == number).Bytes.Span);

    public string Hex(int number) => Convert.ToHexStringLower(_fields.Find(field => field.Number == number).Bytes.Span);

    /// <summary>Attributes, each with its value as text; of those with one name, as a line and its scope may have them, the first.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int number) => Messages(number).DistinctBy(static pair => pair.Text(1)).ToDictionary(
        static pair => pair.Text(1), static pair => pair.Messages(2).Select(Describe).FirstOrDefault(""), StringComparer.Ordinal);

    private static string Describe(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(4) ? FormattableString.Invariant($"{BitConverter.UInt64BitsToDouble(value.Number(4))}")
        : FormattableString.Invariant($"{value.Number(3) + value.Number(2)}");

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> bytes, int length)
    {
        var taken = bytes[..length];
        bytes = bytes[length..];
        return taken;
    }

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(ref bytes, 1).Span[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
