using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Orchestrator.Gateway.Tests.Documents;

/// <summary>What the code's comments say of a type or a property, as Markdown on one line.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XDocument> Files = [];

    public static string Of(Type type) => Read(type.Assembly, $"T:{type.FullName}");

    public static string Of(PropertyInfo property) => Read(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    private static string Read(Assembly assembly, string member)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!Files.TryGetValue(path, out var file))
        {
            Files[path] = file = XDocument.Load(path);
        }

        var summary = file.Descendants("member").FirstOrDefault(element => element.Attribute("name")?.Value == member)?.Element("summary")
            ?? throw new InvalidOperationException($"{member} has no summary.");
        return Space().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim();
    }

    private static string Markdown(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement other => other.Value,
        _ => node.ToString(),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
