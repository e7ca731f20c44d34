using System.Globalization;
using System.Text;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Generation;

/// <summary>Makes a conversation of an input, or names everything that is wrong with it.</summary>
internal sealed class ChatReader(GenerationOptions options)
{
    private const int MaxMessages = 1_000;
    private const double HighestTemperature = 2;

    private static readonly Dictionary<string, ChatRole> Roles = new(StringComparer.Ordinal)
    {
        ["system"] = ChatRole.System,
        ["user"] = ChatRole.User,
        ["assistant"] = ChatRole.Assistant,
    };

    public Chat Read(TextInput input, InputFaults faults)
    {
        var messages = new List<ChatMessage>();
        if (input.System is { } system)
        {
            messages.Add(new ChatMessage(ChatRole.System, system));
        }

        if (input.Prompt is null == input.Messages is null)
        {
            faults.Add("$", "needs either prompt or messages.");
        }
        else if (input.Prompt is { } prompt)
        {
            messages.Add(new ChatMessage(ChatRole.User, prompt));
            if (string.IsNullOrWhiteSpace(prompt))
            {
                faults.Add("$.prompt", "must not be empty.");
            }
        }
        else
        {
            ReadMessages(input.Messages!, messages, faults);
        }

        CheckBounds(input, messages, faults);
        return new Chat(messages) { MaxOutputTokens = input.MaxOutputTokens ?? options.MaxOutputTokens, Temperature = input.Temperature };
    }

    private static void ReadMessages(IReadOnlyList<MessageInput> given, List<ChatMessage> messages, InputFaults faults)
    {
        if (given.Count is 0 or > MaxMessages)
        {
            faults.Add("$.messages", $"must have from 1 to {MaxMessages} messages.");
        }

        for (var i = 0; i < given.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$.messages[{i}]");
            if (Roles.TryGetValue(given[i].Role, out var role))
            {
                messages.Add(new ChatMessage(role, given[i].Content));
            }
            else
            {
                faults.Add($"{path}.role", $"must be one of {string.Join(", ", Roles.Keys)}.");
            }

            if (string.IsNullOrWhiteSpace(given[i].Content))
            {
                faults.Add($"{path}.content", "must not be empty.");
            }
        }
    }

    private void CheckBounds(TextInput input, List<ChatMessage> messages, InputFaults faults)
    {
        if (input.MaxOutputTokens is { } tokens && (tokens < 1 || tokens > options.MaxOutputTokens))
        {
            faults.Add("$.maxOutputTokens", string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {options.MaxOutputTokens}."));
        }

        if (input.Temperature is < 0 or > HighestTemperature)
        {
            faults.Add("$.temperature", "must be a number from 0 to 2.");
        }

        CheckSize(messages.Sum(static message => (long)Encoding.UTF8.GetByteCount(message.Content)), faults);
    }

    public void CheckSize(long bytes, InputFaults faults)
    {
        if (bytes > options.MaxInputBytes)
        {
            faults.Add("$", string.Create(CultureInfo.InvariantCulture, $"has {bytes} bytes of text; at most {options.MaxInputBytes} are sent to a model."));
        }
    }
}
