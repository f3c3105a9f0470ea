import { Lexicon } from '../lexicon.ts';
import type { Palette } from '../palette.ts';

// More of what bare fences are taken for: see guessed.ts.

function words(list: string): RegExp {
  return new RegExp(`(?:${list.replaceAll(' ', '|')})(?![\\p{L}\\p{N}_])`, 'u');
}

/** The SQL of Microsoft's servers. */
export const transactSql: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/\s+/, ''],
        [/--.*/, 'c1'],
        [/\/\*/, 'cm', 'comment'],
        [/![<=>]|<>|[<>+*/%&|^-]=?|[=~]|::/, 'o'],
        [words('all and any between except exists in intersect like not or some union'), 'ow'],
        [
          words(
            'bigint binary bit char cursor date datetime datetime2 datetimeoffset decimal float image int money nchar ntext numeric nvarchar real smalldatetime smallint smallmoney sql_variant table text time timestamp tinyint uniqueidentifier varbinary varchar xml',
          ),
          'nc',
        ],
        [
          words(
            'abs acos app_name ascii asin atan avg cast ceiling char charindex checksum choose col_length col_name compress concat convert cos cot count count_big current_timestamp current_user dateadd datediff datename datepart day db_id db_name decompress degrees dense_rank difference error_line error_message error_number exp file_id file_name floor format formatmessage getdate getutcdate grouping host_id host_name iif is_member isdate isjson isnull isnumeric json_modify json_query json_value left len log log10 lower ltrim max min month newid ntile object_id object_name openjson openquery openrowset openxml parse patindex permissions pi power quotename radians rand rank replace replicate reverse right round row_number rtrim schema_id schema_name scope_identity session_user sign sin soundex space sqrt square stdev stdevp str string_split stuff substring sum suser_name sysdatetime system_user tan try_cast try_convert unicode upper user_id user_name var varp year',
          ),
          'nf',
        ],
        [
          words(
            'absolute action add after aggregate alias alter are array as asc assertion at atomic authorization backup before begin blob boolean both breadth break browse bulk by call called cascade case catalog catch character check checkpoint class close clustered coalesce collate collect column commit completion compute condition connect connection constraint constraints contains continue create cross cube current current_date current_time cycle data database deallocate dec declare default delete deny depth desc describe destroy dictionary disconnect disk distinct distributed domain double drop dump dynamic each element else end equals escape every exec execute exit external extract false fetch file filter first for foreign found free from full function fusion general get global go goto grant group having hold host hour identity if ignore immediate index indicator initialize inner inout input insert integer interval into is isolation iterate join key kill language large last lateral leading less level limit load local locator map match member merge method minute mod modify module names national natural new next no none normalize null nullif object of off offsets old on only open operation option order out outer output over overlay pad parameter parameters partial partition path percent pivot plan position precision prepare preserve primary print prior privileges proc procedure public raiserror range read reads recursive ref references relative release replication restore restrict result return returns revoke role rollback routine row rows rule save schema scope scroll search second section select sensitive sequence session set sets shutdown similar size specific sql start state statement static statistics structure symmetric system temporary terminate than then throw to top trailing transaction translate translation treat trigger trim true truncate try under unique unknown update usage use user using value values variable varying view waitfor when whenever where while window with within without work write zone',
          ),
          'k',
        ],
        [/\[(?=[^\]]{1,2000}\])/, 'o', 'name'],
        [/0x[0-9a-f]+|(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:e[+-]?[0-9]+)?/, 'mi'],
        [/'(?:''|[^'])*'/, 's1'],
        [/"(?:""|[^"])*"/, 'ss'],
        [/[;(),.]/, 'p'],
        [/@@?[\p{L}\p{N}_]+/u, 'nv'],
        [/[\p{L}\p{N}_]+(?=:)/u, 'nl', 'colon'],
        [/#{0,2}[\p{L}\p{N}_]+/u, 'n'],
        [/\?/, ''],
      ],
      comment: [
        [/\*\//, 'cm', 'back'],
        [/[^/*]+|[/*]/, 'cm'],
      ],
      colon: [[/:/, 'p', 'back']],
      name: [
        [/\]/, 'o', 'back'],
        [/[^\]]+/, 'n'],
      ],
    },
    { ignoreCase: true, isStrict: true },
  ),
};

const atom = '[a-z\\xc0-\\u1fff\\u3040-\\ud7ff\\ue000-\\uffef][\\w$\\xc0-\\u1fff\\u3040-\\ud7ff\\ue000-\\uffef]*';

/** Prolog with probabilities. */
export const cplint: Palette = {
  lexicon: new Lexicon(
    {
      start: [
        [/map_query/, 'k'],
        [
          /gaussian|uniform_dens|dirichlet|gamma|beta|poisson|binomial|geometric|exponential|pascal|multinomial|user|val|uniform|discrete|finite|\?/,
          'nb',
        ],
        [/[a-z]+(?=:)/, 's', 'colon'],
        [/:[-=]|::?|~=?|=>/, 'o'],
        [/\/\*/, 'cm', 'comment'],
        [/%.*/, 'c1'],
        [/0'./, 'sc'],
        [/0b[01]+|0o[0-7]+|0x[0-9a-fA-F]+|\d\d?'[a-zA-Z0-9]+|(?:\d+\.\d*|\d*\.\d+)(?:[eE][+-]?[0-9]+)?|\d+/, 'mi'],
        [/[[\](){}|.,;!]|-->/, 'p'],
        [/(?<!\\)"(?:\\[^]|[^\\"])*"/, 's2'],
        [/'(?:''|[^'])*'/, 's'],
        [/is\b|(?:=:=|==|=<|>=|\/\/|[<>=/*+-])(?=[\sa-zA-Z0-9[])|(?:mod|div|not)\b/, 'o'],
        [/_/, 'k'],
        [new RegExp(`${atom}(?=\\s*(?:-->|\\())`, 'u'), 'nf'],
        [new RegExp(atom, 'u'), 's'],
        [/[#&*+\-./:<=>?@\\^~\xa1-\xbf\u2010-\u303f]+/, 's'],
        [/[A-Z_]\w*/, 'nv'],
        [/\s+/, ''],
      ],
      colon: [[/:/, 'p', 'back']],
      comment: [
        [/\/\*/, 'cm', 'comment'],
        [/\*\//, 'cm', 'back'],
        [/[^*/]+|[*/]/, 'cm'],
      ],
    },
    { isStrict: true },
  ),
};
