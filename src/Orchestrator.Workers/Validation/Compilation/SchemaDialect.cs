namespace Orchestrator.Workers.Validation.Compilation;

/// <summary>In what the drafts of JSON Schema differ as far as it matters here.</summary>
/// <param name="Id">The keyword that names a schema.</param>
/// <param name="RefStandsAlone">Whether <c>$ref</c> hides what stands beside it.</param>
/// <param name="ListsInItems">Whether <c>items</c> may be a list, which later became <c>prefixItems</c>.</param>
/// <param name="ContainsMarks">Whether items that fit <c>contains</c> count as evaluated.</param>
internal sealed record SchemaDialect(string Id, bool RefStandsAlone, bool ListsInItems, bool ContainsMarks)
{
    /// <summary>Of schemas that do not say: 2020-12, which also takes the older way to write lists of items, since it cannot be misread.</summary>
    public static SchemaDialect Unstated { get; } = new("$id", RefStandsAlone: false, ListsInItems: true, ContainsMarks: true);

    private static readonly SchemaDialect Draft4 = new("id", RefStandsAlone: true, ListsInItems: true, ContainsMarks: false);
    private static readonly SchemaDialect Draft7 = Draft4 with { Id = "$id" };

    private static readonly Dictionary<string, SchemaDialect> Known = new(StringComparer.Ordinal)
    {
        ["json-schema.org/draft/2020-12/schema"] = new("$id", RefStandsAlone: false, ListsInItems: false, ContainsMarks: true),
        ["json-schema.org/draft/2019-09/schema"] = new("$id", RefStandsAlone: false, ListsInItems: true, ContainsMarks: false),
        ["json-schema.org/draft-07/schema"] = Draft7,
        ["json-schema.org/draft-06/schema"] = Draft7,
        ["json-schema.org/draft-04/schema"] = Draft4,
        ["json-schema.org/schema"] = Unstated,
    };

    /// <summary>The dialect that a <c>$schema</c> names; null when it is not known.</summary>
    public static SchemaDialect? Find(string uri)
    {
        var name = uri.TrimEnd('#');
        var scheme = name.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? null : Known.GetValueOrDefault(name[(scheme + 3)..]);
    }
}
