# Compiles C# with the compiler that lies in a RavenDB server's folder:
#   python3 compile.py SERVER_FOLDER DOTNET_FOLDER OUT_FOLDER NAME SOURCE...
# What comes out runs by `dotnet exec OUT_FOLDER/NAME.dll`. Needs the package pythonnet.
import glob
import json
import os
import sys

server, dotnet, out, name, *sources = sys.argv[1:]
runtime = sorted(glob.glob(os.path.join(dotnet, 'shared', 'Microsoft.NETCore.App', '*')))[-1]
version = os.path.basename(runtime)
os.makedirs(out, exist_ok=True)
config = os.path.join(out, name + '.runtimeconfig.json')
with open(config, 'w') as file:
    framework = {'name': 'Microsoft.NETCore.App', 'version': version}
    options = {'tfm': 'net' + version.split('.')[0] + '.0', 'framework': framework}
    json.dump({'runtimeOptions': options}, file)

from clr_loader import get_coreclr
from pythonnet import set_runtime

set_runtime(get_coreclr(runtime_config=config, dotnet_root=dotnet))
import clr

sys.path.append(server)
clr.AddReference('Microsoft.CodeAnalysis')
clr.AddReference('Microsoft.CodeAnalysis.CSharp')
from Microsoft.CodeAnalysis import DiagnosticSeverity, MetadataReference, OutputKind, SyntaxTree
from Microsoft.CodeAnalysis.CSharp import (
    CSharpCompilation, CSharpCompilationOptions, CSharpParseOptions, CSharpSyntaxTree, LanguageVersion,
)
from System import Array, String
from System.Collections.Generic import List
from System.IO import File

own = ['Raven.Client.dll', 'Sparrow.dll', 'Newtonsoft.Json.dll']
references = List[MetadataReference]()
for path in glob.glob(os.path.join(runtime, '*.dll')):
    if os.path.basename(path).startswith(('System.', 'Microsoft.', 'mscorlib', 'netstandard')):
        try:
            from System.Reflection import AssemblyName
            AssemblyName.GetAssemblyName(path)
        except Exception:
            continue  # native
        references.Add(MetadataReference.CreateFromFile(path))
for library in own:
    references.Add(MetadataReference.CreateFromFile(os.path.join(server, library)))

# What a project of today has without asking for it.
usings = ['System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Net.Http', 'System.Threading', 'System.Threading.Tasks']
texts = [('usings.cs', ''.join('global using global::%s;\n' % using for using in usings))]
texts += [(source, File.ReadAllText(source)) for source in sources]
parse = CSharpParseOptions(LanguageVersion.Latest)
trees = List[SyntaxTree]()
for path, text in texts:
    trees.Add(CSharpSyntaxTree.ParseText(text, parse, path))
compilation = CSharpCompilation.Create(name, trees, references, CSharpCompilationOptions(OutputKind.ConsoleApplication))
stream = File.Create(os.path.join(out, name + '.dll'))
result = compilation.Emit(stream)
stream.Close()
for found in result.Diagnostics:
    if found.Severity == DiagnosticSeverity.Error:
        print(found.ToString(), file=sys.stderr)
if not result.Success:
    sys.exit(1)
# The runtime looks for them beside the program.
for path in glob.glob(os.path.join(server, '*.dll')) + glob.glob(os.path.join(server, '*.so')):
    link = os.path.join(out, os.path.basename(path))
    if not os.path.exists(link):
        os.symlink(path, link)
