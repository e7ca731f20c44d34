using System.Text;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Providers;

/// <summary>Puts an answer together, from one object or from the pieces of a stream.</summary>
internal sealed class ChatCollector(string model, ModelPrice? price)
{
    private readonly StringBuilder _text = new();
    private readonly List<Call> _calls = [];
    private readonly Dictionary<int, Call> _byIndex = [];
    private bool _hasRefused;
    private bool _hasChoice;
    private TaskUsage? _usage;
    private string? _finishReason;

    private sealed record Call(int Index)
    {
        public string Id { get; set; } = "";

        public StringBuilder Name { get; } = new();

        public StringBuilder Arguments { get; } = new();
    }

    /// <summary>Whether the provider has said that and why the answer ends.</summary>
    public bool HasFinished => _finishReason is not null;

    public bool HasChoice => _hasChoice;

    public TaskUsage? Usage => _usage;

    /// <summary>Takes a whole answer; false when there is none in it.</summary>
    public bool TakeAnswer(JsonElement answer)
    {
        _usage = answer.FindUsage(price);
        if (answer.FindChoice() is not { } choice || choice.Find("message", JsonValueKind.Object) is not { } message)
        {
            return false;
        }

        TakeMessage(message);
        _hasChoice = true;
        _finishReason = choice.FindFinishReason() ?? FinishReasons.Stop;
        return true;
    }

    /// <summary>Takes a piece; answers its text, and whether the model has said, thought or called anything with it.</summary>
    public (string Text, bool IsProgress) TakePiece(JsonElement piece)
    {
        _usage = piece.FindUsage(price) ?? _usage;
        if (piece.FindChoice() is not { } choice)
        {
            return ("", false);
        }

        _hasChoice = true;
        var before = _text.Length;
        var delta = choice.Find("delta", JsonValueKind.Object);
        var isProgress = delta is { } said && (TakeMessage(said) || IsThinking(said));
        _finishReason = choice.FindFinishReason() ?? _finishReason;
        return (_text.ToString(before, _text.Length - before), isProgress || HasFinished);
    }

    public ChatTurn ToTurn() => new(model, _text.ToString(), _calls.ConvertAll(ToolCallOf), _usage)
    {
        FinishReason = _hasRefused ? FinishReasons.Refusal : _finishReason ?? FinishReasons.Stop,
    };

    /// <summary>Takes text and calls; whether there was any.</summary>
    private bool TakeMessage(JsonElement message)
    {
        var text = message.FindContent();
        if (string.IsNullOrEmpty(text) && message.FindText("refusal") is { Length: > 0 } refusal)
        {
            text = refusal;
            _hasRefused = true;
        }

        _text.Append(text);
        var calls = message.Find("tool_calls", JsonValueKind.Array);
        var position = 0;
        foreach (var call in calls?.EnumerateArray() ?? default)
        {
            TakeCall(call, position++);
        }

        return !string.IsNullOrEmpty(text) || position > 0;
    }

    private void TakeCall(JsonElement part, int position)
    {
        var index = part.Find("index", JsonValueKind.Number) is { } number && number.TryGetInt32(out var given) ? given : position;
        var id = part.FindText("id") ?? "";
        var function = part.Find("function", JsonValueKind.Object);

        // Some providers give all calls the same index; a further one then comes with an id and a name of its own.
        if (!_byIndex.TryGetValue(index, out var call)
            || (id.Length > 0 && call.Id.Length > 0 && id != call.Id && function?.FindText("name") is { Length: > 0 }))
        {
            _calls.Add(call = _byIndex[index] = new Call(index));
        }

        call.Id = id.Length > 0 ? id : call.Id;
        if (function is { } called)
        {
            call.Name.Append(called.FindText("name"));
            call.Arguments.Append(called.FindText("arguments") ?? called.Find("arguments", JsonValueKind.Object)?.GetRawText());
        }
    }

    private static bool IsThinking(JsonElement delta) =>
        delta.FindText("reasoning_content") is { Length: > 0 } || delta.FindText("reasoning") is { Length: > 0 };

    private static ToolCall ToolCallOf(Call call) =>
        new(call.Id.Length > 0 ? call.Id : $"call_{call.Index}", call.Name.ToString(), call.Arguments.ToString());
}
