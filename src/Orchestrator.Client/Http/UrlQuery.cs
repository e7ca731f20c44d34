using System.Globalization;
using System.Text;

namespace Orchestrator.Client.Http;

/// <summary>The query of a path; what has no value is left out.</summary>
internal sealed class UrlQuery
{
    private readonly StringBuilder _text = new();

    public UrlQuery Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public UrlQuery Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public UrlQuery Add(string name, Guid? value) => Add(name, value?.ToString());

    public UrlQuery Add(string name, DateTimeOffset? value) =>
        Add(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
