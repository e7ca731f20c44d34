using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Orchestrator.Dashboard.Tests.Images;

/// <summary>Makes the pictures that a browser takes of pages small: pages have few colours, so a palette of the most frequent ones, with one of each hue among them, loses nothing that is seen.</summary>
internal static class PalettePng
{
    private const int MostColours = 256;
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The same picture with a palette.</summary>
    /// <param name="png">Of 8 bits a channel, not interlaced.</param>
    public static byte[] Of(byte[] png)
    {
        var (width, height, pixels) = Read(png);
        var colours = pixels.CountBy(pixel => pixel).OrderByDescending(colour => colour.Value).ThenBy(colour => colour.Key).Select(colour => colour.Key).ToList();
        var palette = colours.DistinctBy(HueOf).Take(MostColours / 2).Union(colours).Take(MostColours).ToArray();
        var nearest = palette.Index().ToDictionary(colour => colour.Item, colour => (byte)colour.Index);
        var rows = new byte[height * (width + 1)];
        for (var at = 0; at < pixels.Length; at++)
        {
            var colour = pixels[at];
            if (!nearest.TryGetValue(colour, out var index))
            {
                nearest[colour] = index = (byte)Array.IndexOf(palette, palette.MinBy(other => Distance(colour, other)));
            }

            rows[(at / width * (width + 1)) + 1 + (at % width)] = index;
        }

        return Write(width, height, palette, rows);
    }

    // What a colour looks like from afar: the three highest bits of each channel.
    private static int HueOf(int colour) => colour & 0xE0E0E0;

    private static int Distance(int left, int right)
    {
        var (red, green, blue) = ((left >> 16) - (right >> 16), ((left >> 8) & 0xFF) - ((right >> 8) & 0xFF), (left & 0xFF) - (right & 0xFF));
        return (red * red) + (green * green) + (blue * blue);
    }

    private static (int Width, int Height, int[] Pixels) Read(byte[] png)
    {
        using var data = new MemoryStream();
        for (var at = Signature.Length; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        data.Position = 0;
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        var channels = png[25] == 6 ? 4 : 3;
        var pixels = new int[width * height];
        var (above, row) = (new byte[width * channels], new byte[width * channels]);
        for (var y = 0; y < height; y++)
        {
            var filter = inflated.ReadByte();
            inflated.ReadExactly(row);
            for (var x = 0; x < row.Length; x++)
            {
                var (left, up, corner) = (x < channels ? 0 : row[x - channels], above[x], x < channels ? 0 : above[x - channels]);
                row[x] += (byte)Predict(filter, left, up, corner);
            }

            for (var x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = (row[x * channels] << 16) | (row[(x * channels) + 1] << 8) | row[(x * channels) + 2];
            }

            (above, row) = (row, above);
        }

        return (width, height, pixels);
    }

    // The filters of the PNG specification, section 9.
    private static int Predict(int filter, int left, int up, int corner) => filter switch
    {
        0 => 0,
        1 => left,
        2 => up,
        3 => (left + up) / 2,
        _ => Paeth(left, up, corner),
    };

    private static int Paeth(int left, int up, int corner)
    {
        var (fromLeft, fromUp, fromCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return fromLeft <= fromUp && fromLeft <= fromCorner ? left : fromUp <= fromCorner ? up : corner;
    }

    private static byte[] Write(int width, int height, int[] palette, byte[] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        using var data = new MemoryStream();
        using (var deflated = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflated.Write(rows);
        }

        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("PLTE", [.. palette.SelectMany(colour => new[] { (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour })]), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            }
        }

        return ~crc;
    }
}
