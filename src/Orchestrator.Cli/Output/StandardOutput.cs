using System.Text;

namespace Orchestrator.Cli.Output;

/// <summary>
/// Standard output; what cannot be written there ends the command with an exit code of its own. Where the reader has gone, as of
/// <c>| head -1</c>, the console takes everything for written.
/// </summary>
internal sealed class StandardOutput : Stream
{
    private readonly Stream _console = Null;
    private readonly Exception? _closed;

    private StandardOutput()
    {
        try
        {
            _console = Console.OpenStandardOutput();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not every command prints.
            _closed = exception;
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on the console writes there.</summary>
    public static void Use(Encoding encoding) => Console.SetOut(new StreamWriter(new StandardOutput(), encoding) { AutoFlush = true });

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_closed is not null)
        {
            throw Unwritable(_closed);
        }

        try
        {
            _console.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _console.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static CliException Unwritable(Exception exception) => new(CliExitCodes.NoOutput, $"What is to be printed cannot be written: {exception.Message}", exception);
}
