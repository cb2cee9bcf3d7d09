import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl'
import { tokens, type ThemeName } from '@/look/tokens'
import { mercatorX, mercatorY, steps, unit } from '@/map/core/mercator'
import { type FleetMirror, ROW_BYTES } from './mirror'

const SMALL_FLEET = 5000

const VERTEX = `#version 300 es
precision highp float;
precision highp int;
in ivec2 a_from;
in ivec2 a_to;
in uint a_time;
in uvec4 a_meta;
uniform mat4 u_matrix;
uniform ivec2 u_centre;
uniform uint u_now;
uniform float u_glide;
uniform float u_zoom;
uniform float u_ratio;
uniform int u_pass;
uniform float u_dot;
uniform vec3 u_colour[3];
flat out vec3 v_colour;
flat out float v_hollow;
flat out float v_size;
flat out vec2 v_turn;
flat out float v_arrow;
void main() {
  bool online = (a_meta.y & 1u) != 0u;
  bool moving = online && (a_meta.y & 2u) != 0u;
  int kind = moving ? 2 : (online ? 1 : 0);
  if (a_meta.w == 0u || kind != u_pass) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }
  float age = u_now > a_time ? float(u_now - a_time) : 0.0;
  float k = u_glide > 0.0 ? clamp(age / u_glide, 0.0, 1.0) : 1.0;
  // The subtraction is done in whole numbers: floats only see the distance to the centre of the map.
  vec2 from = vec2(a_from - u_centre);
  vec2 to = vec2(a_to - u_centre);
  vec2 place = mix(from, to, k) / 4294967296.0;
  gl_Position = u_matrix * vec4(place, 0.0, 1.0);
  float size = u_zoom < 5.0 ? u_dot : (u_zoom < 10.0 ? mix(4.4, 7.0, (u_zoom - 5.0) / 5.0) : 20.0);
  if (kind == 0 && u_zoom < 10.0) size *= 0.9;
  v_arrow = moving && u_zoom >= 10.0 ? 1.0 : 0.0;
  if (u_zoom >= 10.0 && !moving) size = 10.0;
  if (a_meta.z > 0u && u_zoom < 10.0) size += 1.5;
  bool stale = moving && age > 30000.0;
  v_hollow = (kind == 0 || stale) && size >= 3.5 ? 1.0 : 0.0;
  v_colour = u_colour[kind];
  float angle = float(a_meta.x) * 6.2831853 / 256.0;
  v_turn = vec2(cos(angle), sin(angle));
  v_size = size * u_ratio;
  gl_PointSize = v_size + 2.0;
}`

const FRAGMENT = `#version 300 es
precision highp float;
flat in vec3 v_colour;
flat in float v_hollow;
flat in float v_size;
flat in vec2 v_turn;
flat in float v_arrow;
uniform float u_alpha;
uniform vec3 u_edge;
out vec4 colour;
void main() {
  vec2 p = (gl_PointCoord - 0.5) * (v_size + 2.0);
  float r = v_size * 0.5;
  if (v_arrow > 0.5) {
    vec2 q = vec2(p.x * v_turn.x + p.y * v_turn.y, -p.x * v_turn.y + p.y * v_turn.x) / r;
    // A dart with its tip forward: distance to the long flanks and to the notch at the back, in radii.
    float flank = 0.9355 * abs(q.x) - 0.3534 * (q.y + 0.95);
    float notch = 0.862 * (q.y - 0.45) - 0.507 * abs(q.x);
    float d = max(flank, notch) * r;
    float cover = 1.0 - smoothstep(-0.7, 0.7, d);
    float edge = 1.0 - smoothstep(-0.7, 0.7, d - 1.4);
    float a = edge * u_alpha;
    colour = vec4(mix(u_edge, v_colour, cover) * a, a);
    return;
  }
  float d = length(p);
  float cover = 1.0 - smoothstep(r - 0.7, r + 0.7, d);
  if (v_hollow > 0.5) cover *= smoothstep(r - 2.4, r - 1.4, d);
  float a = cover * u_alpha;
  if (a <= 0.004) discard;
  colour = vec4(v_colour * a, a);
}`

const rgb = (hex: string): [number, number, number] => [
  parseInt(hex.slice(1, 3), 16) / 255,
  parseInt(hex.slice(3, 5), 16) / 255,
  parseInt(hex.slice(5, 7), 16) / 255,
]

/** Draws the whole fleet from one vertex buffer; motion between two reports happens in the shader. */
export class FleetLayer implements CustomLayerInterface {
  readonly id = 'fleet'
  readonly type = 'custom' as const
  readonly renderingMode = '2d' as const
  /** 1 normally, less while the live line is lost. */
  alpha = 1
  /** Off with reduced motion and on software renderers. */
  animate = true
  /** How many buffer uploads were made; read by tests and by the performance guard. */
  uploads = 0
  private map: MapLibreMap | undefined
  private program: WebGLProgram | null = null
  private vertices: WebGLBuffer | null = null
  private array: WebGLVertexArrayObject | null = null
  private capacity = 0
  private places = new Map<string, WebGLUniformLocation | null>()
  private colours = new Float32Array(9)
  private edge: [number, number, number] = [0, 0, 0]
  private readonly matrix = new Float32Array(16)

  constructor(
    private readonly mirror: FleetMirror,
    private readonly now: () => number,
    theme: ThemeName,
  ) {
    this.paint(theme)
  }

  paint(theme: ThemeName): void {
    const t = tokens[theme]
    this.colours.set([...rgb(t.offline), ...rgb(t.stopped), ...rgb(t.moving)])
    this.edge = rgb(t.mapLand)
    this.map?.triggerRepaint()
  }

  onAdd(map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.map = map

    const program = gl.createProgram()
    for (const [kind, source] of [
      [gl.VERTEX_SHADER, VERTEX],
      [gl.FRAGMENT_SHADER, FRAGMENT],
    ] as const) {
      const shader = gl.createShader(kind)
      if (!shader) throw new Error('the graphics context is lost')
      gl.shaderSource(shader, source)
      gl.compileShader(shader)
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
        throw new Error(`fleet shader: ${gl.getShaderInfoLog(shader)}`)
      }
      gl.attachShader(program, shader)
      gl.deleteShader(shader)
    }
    gl.linkProgram(program)
    this.program = program
    this.places.clear()
    this.vertices = gl.createBuffer()
    this.array = gl.createVertexArray()
    this.capacity = 0
    gl.bindVertexArray(this.array)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.vertices)
    const integer = (name: string, size: number, type: number, offset: number) => {
      const at = gl.getAttribLocation(program, name)
      gl.enableVertexAttribArray(at)
      gl.vertexAttribIPointer(at, size, type, ROW_BYTES, offset)
    }
    integer('a_from', 2, gl.INT, 0)
    integer('a_to', 2, gl.INT, 8)
    integer('a_time', 1, gl.UNSIGNED_INT, 16)
    integer('a_meta', 4, gl.UNSIGNED_BYTE, 20)
    gl.bindVertexArray(null)
  }

  onRemove(_map: MapLibreMap, gl: WebGL2RenderingContext): void {
    gl.deleteBuffer(this.vertices)
    gl.deleteVertexArray(this.array)
    gl.deleteProgram(this.program)
    this.map = undefined
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const map = this.map
    if (!map || !this.program || this.mirror.rows === 0) return
    this.upload(gl)
    const centre = map.getCenter()
    const cx = steps(mercatorX(centre.lng))
    const cy = steps(mercatorY(centre.lat))
    this.setMatrix(input.defaultProjectionData.mainMatrix, unit(cx), unit(cy))
    const zoom = map.getZoom()
    gl.useProgram(this.program)
    gl.bindVertexArray(this.array)
    gl.disable(gl.DEPTH_TEST)
    gl.disable(gl.STENCIL_TEST)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.uniformMatrix4fv(this.place(gl, 'u_matrix'), false, this.matrix)
    gl.uniform2i(this.place(gl, 'u_centre'), cx, cy)
    gl.uniform1ui(this.place(gl, 'u_now'), Math.max(0, Math.round(this.now() - this.mirror.baseMs)))
    gl.uniform1f(this.place(gl, 'u_glide'), this.animate ? this.mirror.glideMs : 0)
    gl.uniform1f(this.place(gl, 'u_zoom'), zoom)
    gl.uniform1f(this.place(gl, 'u_ratio'), map.getPixelRatio())
    // A small fleet would be lost as the dots of a large one.
    gl.uniform1f(this.place(gl, 'u_dot'), this.mirror.rows < SMALL_FLEET ? 3.6 : 2.6)
    gl.uniform1f(this.place(gl, 'u_alpha'), this.alpha)
    gl.uniform3fv(this.place(gl, 'u_colour'), this.colours)
    gl.uniform3f(this.place(gl, 'u_edge'), ...this.edge)
    for (let pass = 0; pass < 3; pass++) {
      gl.uniform1i(this.place(gl, 'u_pass'), pass)
      gl.drawArrays(gl.POINTS, 0, this.mirror.rows)
    }
    gl.bindVertexArray(null)
    // Far out a truck moves less than a pixel between two batches, so only batches repaint.
    if (this.animate && zoom >= 9) map.triggerRepaint()
  }

  private upload(gl: WebGL2RenderingContext): void {
    const changes = this.mirror.takeChanges()
    const { buffer } = this.mirror
    if (changes !== 'whole' && changes.length === 0 && this.capacity === buffer.byteLength) return
    gl.bindBuffer(gl.ARRAY_BUFFER, this.vertices)
    if (changes === 'whole' || this.capacity !== buffer.byteLength) {
      gl.bufferData(gl.ARRAY_BUFFER, buffer, gl.DYNAMIC_DRAW)
      this.capacity = buffer.byteLength
      this.uploads++
    } else {
      const bytes = new Uint8Array(buffer)
      for (const range of changes) {
        gl.bufferSubData(
          gl.ARRAY_BUFFER,
          range.first * ROW_BYTES,
          bytes,
          range.first * ROW_BYTES,
          range.count * ROW_BYTES,
        )
        this.uploads++
      }
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, null)
  }

  /** Mercator-to-clip with the origin moved to the centre, worked out in doubles before it is rounded to floats. */
  private setMatrix(m: ArrayLike<number>, cx: number, cy: number): void {
    for (let i = 0; i < 12; i++) this.matrix[i] = m[i]
    for (let i = 0; i < 4; i++) this.matrix[12 + i] = m[i] * cx + m[4 + i] * cy + m[12 + i]
  }

  private place(gl: WebGL2RenderingContext, name: string): WebGLUniformLocation | null {
    let at = this.places.get(name)
    if (at === undefined) {
      at = gl.getUniformLocation(this.program as WebGLProgram, name)
      this.places.set(name, at)
    }
    return at
  }
}
